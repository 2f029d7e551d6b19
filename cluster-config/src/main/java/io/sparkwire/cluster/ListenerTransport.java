package io.sparkwire.cluster;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * A Vert.x transport whose listeners follow {@link AcceptRules}: Vert.x itself reports a connection
 * only with its first request. Thread-safe.
 */
final class ListenerTransport implements Transport, io.vertx.core.transport.Transport {

  private final io.vertx.core.transport.Transport api;
  private final Transport inner;
  private final AcceptRules rules;

  private ListenerTransport(io.vertx.core.transport.Transport api, AcceptRules rules) {
    this.api = api;
    this.inner = api.implementation();
    this.rules = rules;
  }

  /** The native transport of this system, otherwise Java's. */
  static ListenerTransport of(AcceptRules rules) {
    io.vertx.core.transport.Transport own = io.vertx.core.transport.Transport.nativeTransport();
    boolean available = own != null && own.available();
    return new ListenerTransport(available ? own : io.vertx.core.transport.Transport.NIO, rules);
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public boolean available() {
    return api.available();
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    inner.configure(options, domainSocket, bootstrap);
    ChannelInboundHandlerAdapter handler = rules.handler(options.getHost(), options.getPort());
    if (handler != null) {
      bootstrap.handler(handler);
    }
  }

  @Override
  public boolean supportsDomainSockets() {
    return inner.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return inner.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return inner.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return inner.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return inner.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return inner.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return inner.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
    return inner.eventLoopGroup(type, threads, factory, ioRatio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return inner.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface asks for it
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return inner.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return inner.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return inner.serverChannelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    inner.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int timeout, boolean domainSocket, Bootstrap bootstrap) {
    inner.configure(options, timeout, domainSocket, bootstrap);
  }
}
