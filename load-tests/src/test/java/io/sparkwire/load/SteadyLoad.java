package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.sparkwire.load.server.Contestant;
import java.time.Duration;
import java.util.List;

/** Clients that arrive at a constant rate, whether the service keeps up or not: an open model. */
public final class SteadyLoad extends LoadSimulation {
  private static final int RATE = 500;
  private static final Duration LENGTH = Duration.ofSeconds(30);

  private final Contestant service = with(contestants.echo("echo", List.of()));

  public SteadyLoad() {
    setUp(
            scenario("steady load")
                .exec(Ask.echo("echo", service))
                .injectOpen(constantUsersPerSec(RATE).during(LENGTH)))
        .protocols(Ask.protocol())
        .assertions(Ask.NOTHING_WRONG_OR_LOST);
  }
}
