package io.sparkwire.tls;

import io.netty.handler.ssl.SslContext;
import io.sparkwire.log.Event;
import io.sparkwire.reload.Reloaded;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.cert.X509Certificate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one node, whose files may change at any time: new connections then get what they have now.
 * Connections that are open are left alone. Thread-safe.
 */
public final class Tls {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsOptions options;
  private final Reloaded<CertificateFiles, Certificates> certificates;

  /**
   * Reads the files.
   *
   * @throws IllegalStateException if they cannot be read, or are of no use
   */
  Tls(TlsOptions options, Logger log) {
    this.options = options;
    this.certificates =
        new Reloaded<>(
            () -> CertificateFiles.read(options.files()),
            files -> Certificates.of(options, files),
            new Told(log));
  }

  /** Logs changes. */
  private record Told(Logger log) implements Reloaded.Listener<Certificates> {

    @Override
    public void reloaded(Certificates current) {
      X509Certificate own = current.pair().certificate();
      Event.CERTIFICATE_RELOADED.info(
          log,
          "new connections get the certificate of {}, valid until {}",
          own.getSubjectX500Principal().getName(),
          own.getNotAfter().toInstant());
    }

    @Override
    public void kept(String why) {
      Event.CERTIFICATE_NOT_RELOADED.warn(log, "the previous certificate stays in use: {}", why);
    }
  }

  /**
   * Reads the files, and does so again and again as long as Vert.x runs.
   *
   * @throws IllegalStateException if they cannot be read, or are of no use
   */
  public static Tls start(Vertx vertx, TlsOptions options) {
    Tls tls = new Tls(options, LOG);
    tls.certificates.follow(vertx);
    return tls;
  }

  /**
   * Checks that the files are there and of use.
   *
   * @throws IllegalStateException if not; says why
   */
  public static void check(TlsOptions options) {
    Certificates.of(options, CertificateFiles.read(options.files()));
  }

  /** Looks at the files once. */
  void poll() {
    certificates.poll();
  }

  /** TLS of the listeners of services. */
  public ListenerTls services() {
    return listener(options.clients());
  }

  /**
   * TLS of a listener that treats clients so.
   *
   * @throws IllegalArgumentException if it asks for certificates, and there are none to check with
   */
  public ListenerTls listener(ClientCertificates clients) {
    if (clients != ClientCertificates.OFF && options.files().trust().isEmpty()) {
      throw new IllegalArgumentException("certificates of clients need the option 'tls-trust'");
    }
    return listener(
        new CurrentContext(() -> certificates.current().context(clients)),
        clients != ClientCertificates.OFF);
  }

  /** TLS of a listener that nothing but this node itself connects to. */
  public LoopbackTls loopback() {
    Certificates now = certificates.current();
    SslContext server = now.loopbackServer();
    return new LoopbackTls(listener(new CurrentContext(() -> server), false), now.loopbackClient());
  }

  private ListenerTls listener(SslContext context, boolean namesClients) {
    return new ListenerTls(
        context, options, KeyCertOptions.wrap(certificates.current().pair().keys()), namesClients);
  }
}
