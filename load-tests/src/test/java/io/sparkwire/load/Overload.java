package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.sparkwire.load.server.Contestant;
import java.time.Duration;

/**
 * Twice as many clients as the service can serve.
 *
 * <p>What it cannot serve it refuses, at once and in the form that it has promised; what it accepts
 * it answers. Refused clients try again when the overload is over, at about half of the peak, and
 * must all be served then.
 */
public final class Overload extends LoadSimulation {
  private static final int RATE = 2 * SlowEcho.PEAK;
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(65);
  private static final double LEAST_REFUSED = 0.4;
  private static final double MOST_REFUSED = 0.85;

  private final Contestant service = with(SlowEcho.of(contestants));

  public Overload() {
    setUp(
            scenario("overload")
                .exec(Ask.patiently("overload", service, SHORTEST_PAUSE, LONGEST_PAUSE))
                .injectOpen(constantUsersPerSec(RATE).during(LENGTH)))
        .protocols(Ask.protocol())
        .assertions(
            Ask.NOTHING_WRONG_OR_LOST,
            details(Ask.AGAIN)
                .allRequests()
                .count()
                .between(share(LEAST_REFUSED), share(MOST_REFUSED)));
  }

  private static long share(double share) {
    return (long) (share * RATE * LENGTH.toSeconds());
  }
}
