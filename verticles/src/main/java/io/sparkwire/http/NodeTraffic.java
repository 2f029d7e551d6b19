package io.sparkwire.http;

import io.netty.channel.EventLoop;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.TransferLimits;
import io.sparkwire.connection.ConnectionLoop;
import io.sparkwire.connection.Connections;
import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.NodeObserver;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What clients have of one node on all of its listeners. Thread-safe. */
final class NodeTraffic {

  private final Exchanges exchanges;
  private final NodeObserver observer;
  private final TransferLimits limits;
  private final int eventLoops;
  private final Connections connections;
  private final AtomicLong unreadBytes = new AtomicLong();
  private final Map<EventLoop, LoopTraffic> loops = new ConcurrentHashMap<>();

  NodeTraffic(Node node, Exchanges exchanges) {
    this(node, exchanges, exchanges.observer());
  }

  /**
   * @param observer follows their requests
   */
  NodeTraffic(Node node, Exchanges exchanges, NodeObserver observer) {
    this.exchanges = exchanges;
    this.observer = observer;
    this.limits = node.options().limits().transfers();
    this.eventLoops = node.options().eventLoops();
    this.connections = new Connections(node.options().limits());
  }

  Connections connections() {
    return connections;
  }

  /** What the event loop of that context has. Runs on: that event loop. */
  LoopTraffic of(Context context) {
    EventLoop eventLoop = ((ContextInternal) context).nettyEventLoop();
    return loops.computeIfAbsent(eventLoop, this::begin);
  }

  private LoopTraffic begin(EventLoop eventLoop) {
    ConnectionLoop loop = connections.loop(eventLoop);
    return new LoopTraffic(
        new UnfinishedBodies(loop, limits, eventLoops),
        new LoopResponses(
            new UnreadReplies(loop, limits, unreadBytes), exchanges::newId, observer));
  }

  JsonObject status() {
    return connections
        .status()
        .put("unfinished", loops.values().stream().mapToInt(l -> l.unfinished().count()).sum())
        .put("unreadBytes", unreadBytes.get());
  }
}
