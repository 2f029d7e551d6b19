package io.sparkwire.endpoint;

/** A request whose body means something else to the pipeline than the bytes that were sent. */
public interface TranslatedRequest {

  /**
   * Whether the translation of a body takes so long that no event loop may do it.
   *
   * @param bytes of the body as it was sent
   */
  boolean takesLong(int bytes);

  /**
   * What the pipeline gets. Called once at most, when all has been sent. Runs on: event loop, or a
   * worker thread if it takes long.
   *
   * @param most how many bytes the translated body may have, about
   * @throws BadBodyException if the body has no such meaning, or a larger one
   */
  RequestContent translate(byte[] sent, long most) throws BadBodyException;
}
