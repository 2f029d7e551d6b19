package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import io.sparkwire.load.server.Contestant;
import java.time.Duration;
import java.util.List;

/**
 * Steady load on services whose epochs are as short as their trigger allows, with no second replica
 * to hide their ends.
 */
public final class EpochBoundary extends LoadSimulation {
  private static final int RATE = 100;
  private static final Duration LENGTH = Duration.ofSeconds(30);

  public EpochBoundary() {
    setUp(
            load("micro", "--epoch-length", "1s"),
            load("realtime", "--trigger-interval", "5s"),
            load("continuous", "--trigger-interval", "1s"))
        .protocols(Ask.protocol())
        .assertions(Ask.NOTHING_WRONG_OR_LOST);
  }

  private PopulationBuilder load(String trigger, String option, String length) {
    Contestant service =
        with(
            contestants.echo(
                trigger, List.of("--trigger", trigger, "--replicas", "1", option, length)));
    return scenario(trigger)
        .exec(Ask.echo(trigger, service))
        .injectOpen(constantUsersPerSec(RATE).during(LENGTH));
  }
}
