package io.sparkwire.cluster;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of a node's listeners, by the address that each listener asks for. Thread-safe. */
final class AcceptRules {

  private final Map<Address, AcceptRule> rules = new ConcurrentHashMap<>();

  private record Address(String host, int port) {}

  void put(String host, int port, AcceptRule rule) {
    rules.put(new Address(host, port), rule);
  }

  void remove(String host, int port) {
    rules.remove(new Address(host, port));
  }

  /** A handler for the listener of that address; null if it has no rule. */
  ChannelInboundHandlerAdapter handler(String host, int port) {
    AcceptRule rule = rules.get(new Address(host, port));
    return rule == null ? null : new Acceptor(rule);
  }

  /** Reads accepted connections, as what a listening channel reads. */
  private static final class Acceptor extends ChannelInboundHandlerAdapter {

    private final AcceptRule rule;

    Acceptor(AcceptRule rule) {
      this.rule = rule;
    }

    @Override
    public void channelRead(ChannelHandlerContext listener, Object message) {
      SocketChannel connection = (SocketChannel) message;
      if (rule.accept(connection)) {
        listener.fireChannelRead(connection);
      } else {
        connection.unsafe().closeForcibly(); // it has no event loop yet, so it closes here
      }
    }
  }
}
