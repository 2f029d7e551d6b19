package io.sparkwire.tls;

import static io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import static io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * All that handshakes need of the files of one moment. Immutable.
 *
 * <p>Sessions that clients resume are those of one such object: once the files have changed,
 * clients show their certificates again.
 */
final class Certificates {

  private static final long SESSION_SECONDS = TimeUnit.HOURS.toSeconds(1);

  private final TlsProfile profile;
  private final KeyPair pair;
  private final Map<ClientCertificates, SslContext> contexts =
      new EnumMap<>(ClientCertificates.class);

  private Certificates(TlsProfile profile, KeyPair pair) {
    this.profile = profile;
    this.pair = pair;
  }

  /**
   * @throws IllegalStateException if what the files have is of no use; its message says why
   */
  static Certificates of(TlsOptions options, CertificateFiles files) {
    try {
      Certificates all = new Certificates(options.profile(), KeyPair.of(files));
      X509TrustManager trust =
          files.trust() == null ? null : TrustedCertificates.manager(files.trust());
      for (ClientCertificates clients : ClientCertificates.values()) {
        if (clients == ClientCertificates.OFF || trust != null) {
          all.contexts.put(clients, all.context(clients, trust));
        }
      }
      return all;
    } catch (Exception e) { // such as those of parsers, checked or not
      throw new IllegalStateException(
          "the certificates of TLS cannot be used: " + e.getMessage(), e);
    }
  }

  private SslContext context(ClientCertificates clients, X509TrustManager trust)
      throws SSLException {
    return SslContextBuilder.forServer(new FirstHandshakeKeys(pair.keys()))
        .sslProvider(SslProvider.JDK)
        .protocols(profile.protocols())
        .ciphers(profile.ciphers())
        .clientAuth(clients.netty())
        .trustManager(trust)
        .sessionTimeout(SESSION_SECONDS)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                SelectorFailureBehavior.FATAL_ALERT,
                SelectedListenerFailureBehavior.FATAL_ALERT,
                "h2",
                "http/1.1",
                "http/1.0"))
        .build();
  }

  /** The context of listeners that treat clients so. */
  SslContext context(ClientCertificates clients) {
    return contexts.get(clients);
  }

  /** The context of a listener to which nothing but this node itself can connect. */
  SslContext loopbackServer() {
    try {
      return context(ClientCertificates.REQUIRED, new PinnedCertificate(pair.certificate()));
    } catch (SSLException e) {
      throw new IllegalStateException("others could be made of the same parts", e);
    }
  }

  /** The context of this node as the client of that listener. */
  SSLContext loopbackClient() {
    try {
      SSLContext client = SSLContext.getInstance("TLS");
      client.init(
          new KeyManager[] {pair.keys()},
          new TrustManager[] {new PinnedCertificate(pair.certificate())},
          null);
      return client;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  KeyPair pair() {
    return pair;
  }
}
