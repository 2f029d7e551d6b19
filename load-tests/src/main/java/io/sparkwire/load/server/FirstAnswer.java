package io.sparkwire.load.server;

import io.sparkwire.load.client.SequentialLatencyClient;
import java.io.IOException;
import java.time.Duration;

/** The wait for the first right answer of a server that has just been started. Stateless. */
public final class FirstAnswer {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private FirstAnswer() {}

  /**
   * Asks again and again.
   *
   * @param pause between two requests
   * @throws IOException if the server ends, or does not answer in time
   */
  public static void await(Contestant contestant, ChildProcess server, Duration pause)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    String fault = faultOf(contestant);
    while (!fault.isEmpty()) {
      if (!server.isAlive()) {
        throw failure(contestant, "has ended", server);
      }
      if (System.nanoTime() - end > 0) {
        throw failure(contestant, "gave no right answer in time, at last: " + fault, server);
      }
      Thread.sleep(pause.toMillis());
      fault = faultOf(contestant);
    }
  }

  /** What is amiss with the answer to one request; empty if it is right. */
  private static String faultOf(Contestant contestant) {
    try {
      return new SequentialLatencyClient(contestant.target(), ANSWER_LIMIT)
          .run(0, 1, ANSWER_LIMIT)
          .firstFault();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static IOException failure(Contestant contestant, String what, ChildProcess server)
      throws IOException {
    return new IOException(
        "%s: its server %s. %s".formatted(contestant.name(), what, server.logTail()));
  }
}
