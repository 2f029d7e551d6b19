package io.sparkwire.load;

import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import java.util.List;

/**
 * The echo service with a pipeline that takes five milliseconds for each row.
 *
 * <p>So its peak is known on any machine, and far below what the client can send: it is the service
 * that gets saturated. Stateless.
 */
final class SlowEcho {
  /** Requests per second that one reader can serve at most. */
  static final int PEAK = 200;

  private static final String SQL =
      "SELECT value FROM requests WHERE java_method('java.lang.Thread', 'sleep', %dL) IS NOT NULL"
          .formatted(1_000 / PEAK);

  private SlowEcho() {}

  /** With one reader, and room for a quarter of a second of requests. */
  static Contestant of(Contestants contestants) {
    return contestants.sql(
        "slow-echo",
        SQL,
        List.of("--partitions", "1", "--replicas", "1", "--max-in-flight", "" + PEAK / 4));
  }
}
