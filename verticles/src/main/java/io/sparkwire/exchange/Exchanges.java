package io.sparkwire.exchange;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All open exchanges of one node, found by their sequence number.
 *
 * <p>Thread-safe.
 */
public final class Exchanges {

  private final NodeId node;
  private final LongSupplier nanoTime;
  private final NodeObserver observer;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * A map that drops removed keys: sequence numbers never repeat. JCTools' maps keep the slots
   * until they copy their table, and then requests wait for that.
   */
  private final ConcurrentHashMap<Long, Exchange> open = new ConcurrentHashMap<>();

  /**
   * @param nanoTime the clock of deadlines, as {@link System#nanoTime}
   */
  public Exchanges(NodeId node, LongSupplier nanoTime) {
    this(node, nanoTime, NodeObserver.NONE);
  }

  /**
   * @param observer follows them
   */
  public Exchanges(NodeId node, LongSupplier nanoTime, NodeObserver observer) {
    this.node = node;
    this.nanoTime = nanoTime;
    this.observer = observer;
  }

  /** A service of this node, which is observed. */
  public Service service(ServiceSpec spec) {
    return new Service(spec, observer.of(spec));
  }

  /** What follows the services of this node, and requests that reach none. */
  public NodeObserver observer() {
    return observer;
  }

  /** The queue for a service's exchanges on one event loop. */
  public ExchangeQueue queue(Service service, ExchangeLoop loop) {
    return queue(service, loop, service.spec().limits().timeout());
  }

  /** The queue for exchanges of a service on one event loop that all have this time-out. */
  ExchangeQueue queue(Service service, ExchangeLoop loop, Duration timeout) {
    return new ExchangeQueue(service, loop, this, nanoTime, timeout);
  }

  /** The id of an exchange of this node. */
  public RequestId id(Exchange exchange) {
    return new RequestId(node, exchange.sequence());
  }

  /** The id of a request that is refused before it has an exchange. */
  public RequestId newId() {
    return new RequestId(node, nextSequence());
  }

  long nextSequence() {
    return sequence.incrementAndGet();
  }

  void add(Exchange exchange) {
    open.put(exchange.sequence(), exchange);
  }

  void remove(Exchange exchange) {
    open.remove(exchange.sequence());
  }

  /** The open exchange of that number; null if it has ended. */
  public Exchange find(long number) {
    return open.get(number);
  }

  /** What the client of the exchange of that id has sent; null if it has ended. */
  public ServiceRequest request(RequestId id) {
    Exchange exchange = id.node().equals(node) ? open.get(id.sequence()) : null;
    return exchange == null ? null : exchange.request();
  }

  /**
   * Answers the exchange of that id.
   *
   * @return whether it was open, and this its first answer
   */
  public boolean answer(RequestId id, ServiceReply reply) {
    Exchange exchange = id.node().equals(node) ? open.get(id.sequence()) : null;
    return exchange != null && exchange.answer(reply);
  }

  /**
   * Answers a row of the exchange of its request.
   *
   * @return whether the exchange was open, and this the row's first answer
   */
  public boolean answer(RowId row, ServiceReply reply) {
    Exchange exchange = holds(row) ? open.get(row.request().sequence()) : null;
    return exchange != null && exchange.answer(row, reply);
  }

  /**
   * The pipeline has left out a row.
   *
   * @param leftOut what its request gets if that is so of all its rows
   */
  public void leaveOut(RowId row, ServiceReply leftOut) {
    Exchange exchange = holds(row) ? open.get(row.request().sequence()) : null;
    if (exchange != null) {
      exchange.leaveOut(row, leftOut);
    }
  }

  /**
   * None of the rows of an exchange's request is in a pipeline any more.
   *
   * @param leftOut what it gets if none of them has a reply
   */
  public void rowsEnded(long number, ServiceReply leftOut) {
    Exchange exchange = open.get(number);
    if (exchange != null) {
      exchange.rowsEnded(leftOut);
    }
  }

  private boolean holds(RowId row) {
    return row.request().node().equals(node);
  }

  /** Answers all exchanges of a service that are still open. */
  public void answerAll(Service service, ServiceReply reply) {
    open.values().stream().filter(e -> e.service() == service).forEach(e -> e.answer(reply));
  }

  void beginsWaiting() {
    waiting.incrementAndGet();
  }

  void endsWaiting() {
    waiting.decrementAndGet();
  }

  /** How many are open, or have a reply that is not written yet. */
  public int size() {
    return open.size() + waiting.get();
  }
}
