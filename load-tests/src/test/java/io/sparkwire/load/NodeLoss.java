package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway under steady load while its workers are killed with {@code kill -9}: one, which is
 * restarted, and then the other.
 */
public final class NodeLoss extends LoadSimulation {
  private static final int RATE = 200;
  private static final Duration LENGTH = Duration.ofSeconds(60);
  private static final Duration BEFORE_THE_FIRST_LOSS = Duration.ofSeconds(10);
  private static final Duration BEFORE_IT_COMES_BACK = Duration.ofSeconds(5);
  private static final Duration BEFORE_THE_SECOND_LOSS = Duration.ofSeconds(25);

  private final List<Integer> clusterPorts = Stream.generate(FreePort::any).limit(3).toList();
  private final Contestant first = with(contestants.echo("first-worker", membership(0)));
  private final Contestant second = with(contestants.echo("second-worker", membership(1)));
  private final Contestant gateway = with(contestants.gateway("gateway", membership(2)));

  public NodeLoss() {
    setUp(load(), losses()).protocols(Ask.protocol()).assertions(Ask.NOTHING_WRONG_OR_LOST);
  }

  private PopulationBuilder load() {
    return scenario("node loss")
        .exec(Ask.echo("through the gateway", gateway))
        .injectOpen(constantUsersPerSec(RATE).during(LENGTH));
  }

  private PopulationBuilder losses() {
    return scenario("losses")
        .pause(BEFORE_THE_FIRST_LOSS)
        .exec(doing(() -> fleet.kill(first)))
        .pause(BEFORE_IT_COMES_BACK)
        .exec(doing(() -> fleet.launch(first)))
        .pause(BEFORE_THE_SECOND_LOSS)
        .exec(doing(() -> fleet.kill(second)))
        .injectOpen(atOnceUsers(1));
  }

  private static ChainBuilder doing(Step step) {
    return exec(
        session -> {
          try {
            step.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return session;
        });
  }

  private List<String> membership(int place) {
    String nodes =
        clusterPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return List.of(
        "--cluster-name",
        "node-loss-" + clusterPorts.get(0),
        "--cluster-port",
        "" + clusterPorts.get(place),
        "--join",
        nodes);
  }

  /** Something that is done to a server. */
  private interface Step {
    void run() throws IOException;
  }
}
