package io.sparkwire.message;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A request that a test answers or abandons by hand. Thread-safe. */
public class FakePendingRequest implements PendingRequest {

  private final ServiceRequest request;

  private final Suspicion suspicion = new Suspicion();
  private volatile boolean retained;

  /** Null while it is open, empty if it was abandoned. */
  private final AtomicReference<Optional<ServiceReply>> end = new AtomicReference<>();

  public FakePendingRequest(ServiceRequest request) {
    this.request = request;
  }

  /** An open request with that sequence number and nothing in it. */
  public static FakePendingRequest number(long sequence) {
    return with(sequence, new byte[0]);
  }

  /** The same with a body. */
  public static FakePendingRequest with(long sequence, byte[] body) {
    return new FakePendingRequest(TestRequest.number(sequence).body(body).build());
  }

  /** The client hangs up. */
  public void abandon() {
    end.compareAndSet(null, Optional.empty());
  }

  /** Its answer, if it has one. */
  public Optional<ServiceReply> answer() {
    return isOpen() ? Optional.empty() : end.get();
  }

  @Override
  public ServiceRequest request() {
    return isOpen() || retained ? request : ServiceRequest.ended(request.id(), request.service());
  }

  @Override
  public boolean retain() {
    retained |= isOpen();
    return retained;
  }

  @Override
  public boolean isOpen() {
    return end.get() == null;
  }

  @Override
  public boolean isGone() {
    return Optional.empty().equals(end.get());
  }

  @Override
  public boolean answer(ServiceReply reply) {
    return end.compareAndSet(null, Optional.of(reply));
  }

  @Override
  public void rowsEnded(ServiceReply leftOut) {
    answer(leftOut);
  }

  @Override
  public Suspicion suspicion() {
    return suspicion;
  }

  @Override
  public String toString() {
    return request.id() + (isOpen() ? " (open)" : " (ended)");
  }
}
