package io.sparkwire.tls;

import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;

/** TLS of one kind of listener. Thread-safe. */
public final class ListenerTls {

  private final SslContext context;
  private final TlsOptions options;
  private final KeyCertOptions keys;
  private final boolean namesClients;

  /**
   * @param keys which Vert.x asks for, though the context has them
   * @param namesClients whether requests have the subjects of their clients' certificates
   */
  ListenerTls(SslContext context, TlsOptions options, KeyCertOptions keys, boolean namesClients) {
    this.context = context;
    this.options = options;
    this.keys = keys;
    this.namesClients = namesClients;
  }

  /**
   * Has a server speak TLS alone.
   *
   * @param handshakeTimeout after which a connection without a whole handshake is closed
   */
  public void secure(NetServerOptions server, Duration handshakeTimeout) {
    server
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(keys)
        .setEnabledSecureTransportProtocols(new LinkedHashSet<>(options.profile().protocols()))
        .setSslHandshakeTimeout(handshakeTimeout.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslEngineOptions(new Engine(context));
  }

  /** Whether requests have the subjects of their clients' certificates. */
  public boolean namesClients() {
    return namesClients;
  }

  /** Has Vert.x use a context that exists, and do the work of handshakes on worker threads. */
  private static final class Engine extends SSLEngineOptions {

    private final SslContext context;

    Engine(SslContext context) {
      this.context = context;
      setUseWorkerThread(true);
    }

    @Override
    public SSLEngineOptions copy() {
      return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
      return () -> context;
    }
  }
}
