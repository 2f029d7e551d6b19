package io.sparkwire.protocol;

/**
 * A request on its way to a reply: what is asked, whether anybody still waits, and where the answer
 * goes.
 *
 * <p>Thread-safe: it is handed from event loop to task thread and back.
 */
public interface PendingRequest {

  ServiceRequest request();

  /**
   * False once it was answered, its deadline passed or its client hung up. Never true again after.
   */
  boolean isOpen();

  /**
   * Answers it, unless somebody did before: the first answer wins.
   *
   * @return whether this was the first
   */
  boolean answer(ServiceReply reply);

  /** What is held against it; always the same object. */
  Suspicion suspicion();
}
