package io.sparkwire.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

/**
 * The context of a listener, which gives each new connection an engine of the latest certificates.
 * Connections keep the engine that they have. Thread-safe.
 */
final class CurrentContext extends SslContext {

  private final Supplier<SslContext> latest;

  CurrentContext(Supplier<SslContext> latest) {
    this.latest = latest;
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator buffers) {
    return clientsChoose(latest.get().newEngine(buffers));
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator buffers, String peer, int port) {
    return clientsChoose(latest.get().newEngine(buffers, peer, port));
  }

  /** All suites are good, and a client knows which one is fast on its machine. */
  private static SSLEngine clientsChoose(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setUseCipherSuitesOrder(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  public boolean isClient() {
    return false;
  }

  @Override
  public List<String> cipherSuites() {
    return latest.get().cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // the superclass asks for it
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return latest.get().applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return latest.get().sessionContext();
  }
}
