package io.sparkwire.load.client;

/**
 * What a connection asks: one request in its bytes, together with the reply that it must get.
 *
 * <p>Both change with each {@link #ask}. Not thread-safe.
 */
interface Question {
  /** Makes this the question for another value. */
  void ask(long value);

  /** The bytes to send: head and body. */
  byte[] request();

  /** How many bytes the body of a right reply may have. */
  int expectedLength();

  /** What the reply must be or contain, in words for a message. */
  String expected();

  /** Whether a complete response has the status of the right one. */
  boolean hasStatusOf(ResponseParser response);

  /** Whether a complete response is the right one to what was asked last. */
  boolean isAnsweredBy(ResponseParser response);
}
