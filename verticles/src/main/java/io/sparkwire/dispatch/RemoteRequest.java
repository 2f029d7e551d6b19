package io.sparkwire.dispatch;

import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceRequest;
import io.sparkwire.protocol.Suspicion;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request whose exchange is held by another node, as its worker has it.
 *
 * <p>It ends once: answered, finished by the node that holds the exchange, given back, or overdue.
 * Thread-safe.
 */
final class RemoteRequest implements PendingRequest {

  private final RemoteRequests table;
  private final ServiceRequest request;
  private final long deadlineNanos;
  private final Suspicion suspicion = new Suspicion();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean accepted;

  RemoteRequest(RemoteRequests table, ServiceRequest request, long deadlineNanos) {
    this.table = table;
    this.request = request;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public ServiceRequest request() {
    return request;
  }

  @Override
  public boolean isOpen() {
    return !ended.get() && !isOverdue();
  }

  boolean isOverdue() {
    return deadlineNanos - table.nanoTime() <= 0;
  }

  @Override
  public boolean answer(ServiceReply reply) {
    boolean first = end();
    if (first) {
      table.answered(this, reply);
    }
    return first;
  }

  /** Ends it; says whether it had not ended before. */
  boolean end() {
    return !ended.get() && ended.compareAndSet(false, true);
  }

  /** Whether the node that holds the exchange has yet to be told that it is here. */
  boolean isNews() {
    return !accepted && !ended.get();
  }

  /** That node is told. */
  void accepted() {
    accepted = true;
  }

  @Override
  public Suspicion suspicion() {
    return suspicion;
  }
}
