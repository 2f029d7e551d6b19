package io.sparkwire.message;

/**
 * A request on its way to a reply: its content, whether a client still waits, and where the answer
 * goes.
 *
 * <p>Thread-safe: it is handed from event loop to task thread and back.
 */
public interface PendingRequest {

  /**
   * The request, whole as long as it is open. After its end it may have only id and service left,
   * so that references to it do not keep its body. A caller that passes it on reads it once and
   * checks {@link ServiceRequest#isWhole}.
   */
  ServiceRequest request();

  /**
   * Keeps {@link #request} whole beyond its end, as long as this object lives.
   *
   * @return false if it has ended and is not whole any more
   */
  boolean retain();

  /**
   * False once it was answered, its deadline passed or its client hung up. Never true again after.
   */
  boolean isOpen();

  /**
   * True once its deadline has passed or its client has hung up before it was answered: the
   * pipeline may still have it.
   */
  default boolean isGone() {
    return false;
  }

  /**
   * Answers it, unless it has an answer: the first one wins.
   *
   * @return whether this was the first
   */
  boolean answer(ServiceReply reply);

  /**
   * None of its rows is in the pipeline any more. What has no reply then was left out there.
   *
   * @param leftOut what it gets if none of its rows has a reply
   */
  void rowsEnded(ServiceReply leftOut);

  /** A reader passes it to its pipeline, for the first time or again. */
  default void taken() {}

  /** What is held against it; always the same object. */
  Suspicion suspicion();
}
