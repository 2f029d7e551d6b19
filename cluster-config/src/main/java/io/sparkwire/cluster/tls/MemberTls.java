package io.sparkwire.cluster.tls;

import io.sparkwire.secret.NodeCertificate;
import io.sparkwire.tls.TrustedCertificates;
import io.vertx.core.Vertx;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 between members, where both sides show certificates that the other one trusts.
 * Thread-safe.
 */
public final class MemberTls {

  public static final String PROTOCOL = "TLSv1.3";

  /** What is in memory is read without. */
  private static final Vertx NO_VERTX = null;

  private final SSLContext context;

  public MemberTls(NodeCertificate certificate) {
    try {
      context = SSLContext.getInstance(PROTOCOL);
      context.init(
          certificate.keys().getKeyManagerFactory(NO_VERTX).getKeyManagers(),
          new TrustManager[] {TrustedCertificates.manager(certificate.trust())},
          null);
    } catch (Exception e) { // of Vert.x, checked or not
      throw new IllegalStateException("the certificates of the cluster cannot be used", e);
    }
  }

  /**
   * The engine of one connection. Peers are known by who has signed their certificates, and by no
   * name, so it is told none.
   *
   * @param client whether this node has opened the connection
   */
  SSLEngine engine(boolean client) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(client);
    engine.setNeedClientAuth(true);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    return engine;
  }
}
