package io.sparkwire.spark.fuzz;

import java.io.IOException;

/** One input of a client that means no good, and what is right as an answer to it. */
interface HostileInput {

  /**
   * Sends it to the service, and waits for what comes back.
   *
   * @throws AssertionError if that is not right
   * @throws IOException if a connection broke without the server's refusal
   */
  void check(Wire wire) throws IOException;

  /** What is sent, for people. */
  String shown();
}
