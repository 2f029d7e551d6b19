package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.sparkwire.load.server.Contestant;
import java.time.Duration;

/**
 * More and more clients until the service is saturated, which shows in its refusals.
 *
 * <p>Refused clients try again when the ramp is over, and must be served then.
 */
public final class Ramp extends LoadSimulation {
  private static final int FIRST_RATE = SlowEcho.PEAK / 10;
  private static final int LAST_RATE = 2 * SlowEcho.PEAK;
  private static final Duration LENGTH = Duration.ofSeconds(30);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(55);

  private final Contestant service = with(SlowEcho.of(contestants));

  public Ramp() {
    setUp(
            scenario("ramp")
                .exec(Ask.patiently("on the ramp", service, SHORTEST_PAUSE, LONGEST_PAUSE))
                .injectOpen(rampUsersPerSec(FIRST_RATE).to(LAST_RATE).during(LENGTH)))
        .protocols(Ask.protocol())
        .assertions(Ask.NOTHING_WRONG_OR_LOST, details(Ask.AGAIN).allRequests().count().gt(0L));
  }
}
