package io.sparkwire.connection;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sparkwire.cluster.AcceptRule;
import io.sparkwire.cluster.ConnectionLimits;
import io.sparkwire.cluster.NodeLimits;
import io.sparkwire.log.Event;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client connections of all listeners that share one budget.
 *
 * <p>A connection above the limit is closed as soon as it is accepted; the others are served as
 * before. When three quarters of the room are taken, connections that have done nothing for a
 * second are closed, the oldest first, so that idle ones do not keep others out; when seven eighths
 * are taken, those that have never had a request are closed at once. Thread-safe.
 */
public final class Connections implements AcceptRule {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final ConnectionLimits limits;
  private final Duration writeTimeout;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean full = new AtomicBoolean();
  private final Map<InetAddress, Peer> peers = new ConcurrentHashMap<>();
  private final Map<EventLoop, ConnectionLoop> loops = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder madeRoom = new LongAdder();

  public Connections(NodeLimits limits) {
    this.limits = limits.connections();
    this.writeTimeout = limits.transfers().writeTimeout();
  }

  @Override
  public boolean accept(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return false; // the client has hung up already
    }
    InetAddress address = remote.getAddress();
    Peer peer = peers.compute(address, (a, known) -> oneMore(known));
    boolean fits = open.incrementAndGet() <= limits.connections();
    if (fits && peer.connections() <= limits.perAddress()) {
      channel.closeFuture().addListener(closed -> leave(address));
      channel.pipeline().addLast(new Connection(this, peer));
    } else {
      refuse(address, fits ? peer : null);
      fits = false;
    }
    if (isCrowded(peer)) {
      loops.values().forEach(ConnectionLoop::makeRoom);
    }
    return fits;
  }

  private static Peer oneMore(Peer known) {
    Peer peer = known == null ? new Peer() : known;
    peer.more();
    return peer;
  }

  /**
   * @param tooMany the peer that has too many; null if all together are too many
   */
  private void refuse(InetAddress address, Peer tooMany) {
    refused.increment();
    if (tooMany != null && tooMany.fills()) {
      Event.ADDRESS_FULL.warn(
          LOG, "closing new connections of {}, which has {}", address, limits.perAddress());
    } else if (tooMany == null && full.compareAndSet(false, true)) {
      Event.CONNECTIONS_FULL.warn(
          LOG, "closing new connections: {} are open", limits.connections());
    }
    leave(address);
  }

  private void leave(InetAddress address) {
    peers.computeIfPresent(address, (a, peer) -> oneLess(peer));
    if (open.decrementAndGet() < quarters(limits.connections())
        && full.get()
        && full.compareAndSet(true, false)) {
      Event.CONNECTIONS_ACCEPTED.info(LOG, "there is room for connections again");
    }
  }

  private Peer oneLess(Peer peer) {
    int left = peer.less();
    if (left < quarters(limits.perAddress())) {
      peer.empties();
    }
    return left == 0 ? null : peer;
  }

  /** Whether three quarters of the room are taken, of all of it or of that address'. */
  boolean isCrowded(Peer peer) {
    return open.get() > quarters(limits.connections())
        || peer.connections() > quarters(limits.perAddress());
  }

  /** The same for seven eighths. */
  boolean isNearlyFull(Peer peer) {
    return open.get() > eighths(limits.connections())
        || peer.connections() > eighths(limits.perAddress());
  }

  private static int eighths(int count) {
    return count - count / 8;
  }

  private static int quarters(int count) {
    return count - count / 4;
  }

  /** What one event loop has of them. */
  public ConnectionLoop loop(EventLoop eventLoop) {
    return loops.computeIfAbsent(eventLoop, loop -> new ConnectionLoop(loop, this));
  }

  /** A handler of requests that has each followed to its end on its connection. */
  public Handler<HttpServerRequest> following(Handler<HttpServerRequest> next) {
    return request -> {
      if (Connection.of(request).begins(request)) {
        next.handle(request);
      }
    };
  }

  /** A connection speaks HTTP. */
  public void established(HttpConnection connection) {
    Connection.of(connection).established();
  }

  ConnectionLimits limits() {
    return limits;
  }

  Duration writeTimeout() {
    return writeTimeout;
  }

  void timedOut() {
    timedOut.increment();
  }

  void madeRoomByOne() {
    madeRoom.increment();
  }

  /** How many are open. */
  public int open() {
    return open.get();
  }

  /** What they are doing, for the cluster's status. */
  public JsonObject status() {
    return new JsonObject()
        .put("open", open.get())
        .put("refused", refused.sum())
        .put("timedOut", timedOut.sum())
        .put("madeRoom", madeRoom.sum());
  }
}
