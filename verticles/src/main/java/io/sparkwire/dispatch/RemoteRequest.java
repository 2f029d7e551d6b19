package io.sparkwire.dispatch;

import io.sparkwire.exchange.ComputeTimes;
import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.Suspicion;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request whose exchange is held by another node, as its worker has it.
 *
 * <p>It ends once: answered, finished by the node that holds the exchange, given back, or overdue.
 * Thread-safe.
 */
final class RemoteRequest implements PendingRequest {

  private final RemoteRequests table;
  private final RequestId id;
  private final String service;
  private final long receivedNanos;
  private final long deadlineNanos;
  private final ServiceObserver observer;
  private final Suspicion suspicion = new Suspicion();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean accepted;
  private volatile boolean answered;

  /** When a reader last passed it to its pipeline; 0 if none has. */
  private volatile long takenNanos;

  /** When readers did so before. */
  private volatile List<Long> before = List.of();

  private volatile int attempts;

  private volatile ServiceRequest retained;

  /** Null once it has ended. */
  private volatile ServiceRequest request;

  /**
   * @param receivedNanos and {@code deadlineNanos}: by the clock of the table
   */
  RemoteRequest(
      RemoteRequests table,
      ServiceRequest request,
      long receivedNanos,
      long deadlineNanos,
      ServiceObserver observer) {
    this.table = table;
    this.receivedNanos = receivedNanos;
    this.observer = observer;
    this.request = request;
    this.id = request.id();
    this.service = request.service();
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public ServiceRequest request() {
    ServiceRequest whole = whole();
    return whole == null ? ServiceRequest.ended(id, service) : whole;
  }

  private ServiceRequest whole() {
    ServiceRequest whole = request;
    return whole == null ? retained : whole;
  }

  @Override
  public boolean retain() {
    ServiceRequest whole = whole();
    retained = whole;
    return whole != null;
  }

  @Override
  public boolean isOpen() {
    return !ended.get() && !isOverdue();
  }

  @Override
  public boolean isGone() {
    return !answered && !isOpen();
  }

  boolean isOverdue() {
    return deadlineNanos - table.nanoTime() <= 0;
  }

  /** One reader at a time passes it to its pipeline. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void taken() {
    if (attempts > 0) {
      before = ComputeTimes.and(before, takenNanos);
      observer.replayed();
    }
    takenNanos = table.nanoTime();
    attempts++;
  }

  @Override
  public boolean answer(ServiceReply reply) {
    boolean first = !ended.get() && ended.compareAndSet(false, true);
    if (first) {
      answered = true;
      ComputeTimes times = computed(reply);
      table.answered(this, reply, times == null ? null : RemoteTimes.of(attempts, times));
    }
    return first;
  }

  /** The node that holds the exchange has the replies to its rows, and says when it has ended. */
  @Override
  public void rowsEnded(ServiceReply leftOut) {
    ServiceRequest whole = whole();
    if (whole == null || !whole.hasRows()) {
      answer(leftOut);
    } else if (isOpen()) {
      table.rowsEnded(this, leftOut);
    }
  }

  /** Ends it without a reply; says whether it had not ended before. */
  boolean end() {
    boolean first = !ended.get() && ended.compareAndSet(false, true);
    if (first) {
      computed(null);
    }
    return first;
  }

  /** Observes what readers did for it, which has ended; null if they did nothing. */
  private ComputeTimes computed(ServiceReply reply) {
    ComputeTimes times =
        attempts == 0
            ? null
            : new ComputeTimes(receivedNanos, takenNanos, table.nanoTime(), before);
    if (times != null) {
      observer.exchanges().computed(request(), times, reply);
    }
    request = null; // history, intake and readers may refer to this for long after its end
    return times;
  }

  /** Whether the node that holds the exchange still has to get a notice that it is here. */
  boolean isUnannounced() {
    return !accepted && !ended.get();
  }

  /** That node gets the notice. */
  void accepted() {
    accepted = true;
  }

  @Override
  public Suspicion suspicion() {
    return suspicion;
  }
}
