package io.sparkwire.tls;

import io.netty.handler.ssl.SslContext;
import io.sparkwire.log.Event;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of one node, whose files may change at any time.
 *
 * <p>It looks at them every second. When they have changed, and are the same twice in a row, new
 * connections get what they have now; so files that belong together may be replaced one by one. If
 * that is of no use, it says so once, and new connections get what they would have got before.
 * Connections that are open are left alone. Reads files on worker threads. Thread-safe.
 */
public final class Tls {

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final TlsOptions options;
  private final Logger log;
  private volatile Certificates current;

  /** What was read last: contents, or why there are none. Only {@link #poll} uses these two. */
  private Object seen;

  /** What was last put in use, or refused. */
  private Object judged;

  /**
   * Reads the files.
   *
   * @throws IllegalStateException if they cannot be read, or are of no use
   */
  Tls(TlsOptions options, Logger log) {
    this.options = options;
    this.log = log;
    CertificateFiles files = CertificateFiles.read(options.files());
    this.seen = files;
    this.judged = files;
    this.current = Certificates.of(options, files);
  }

  /**
   * Reads the files, and does so again and again as long as Vert.x runs.
   *
   * @throws IllegalStateException if they cannot be read, or are of no use
   */
  public static Tls start(Vertx vertx, TlsOptions options) {
    Tls tls = new Tls(options, LOG);
    vertx.setPeriodic(
        PERIOD.toMillis(), timer -> vertx.executeBlocking(tls::polled)); // one after the other
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

  private Void polled() {
    poll();
    return null;
  }

  /** Looks at the files once. */
  void poll() {
    Object now = contents();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(judged)) {
      judged = now;
      replace(now);
    }
  }

  private Object contents() {
    try {
      return CertificateFiles.read(options.files());
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  private void replace(Object now) {
    if (now instanceof CertificateFiles files) {
      try {
        current = Certificates.of(options, files);
        X509Certificate own = current.pair().certificate();
        Event.CERTIFICATE_RELOADED.info(
            log,
            "new connections get the certificate of {}, valid until {}",
            own.getSubjectX500Principal().getName(),
            own.getNotAfter().toInstant());
      } catch (IllegalStateException e) {
        Event.CERTIFICATE_NOT_RELOADED.warn(
            log, "the previous certificate stays in use: {}", e.getMessage());
      }
    } else {
      Event.CERTIFICATE_NOT_RELOADED.warn(log, "the previous certificate stays in use: {}", now);
    }
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
        new CurrentContext(() -> current.context(clients)), clients != ClientCertificates.OFF);
  }

  /** TLS of a listener that nothing but this node itself connects to. */
  public LoopbackTls loopback() {
    Certificates now = current;
    SslContext server = now.loopbackServer();
    return new LoopbackTls(listener(new CurrentContext(() -> server), false), now.loopbackClient());
  }

  private ListenerTls listener(SslContext context, boolean namesClients) {
    return new ListenerTls(
        context, options, KeyCertOptions.wrap(current.pair().keys()), namesClients);
  }
}
