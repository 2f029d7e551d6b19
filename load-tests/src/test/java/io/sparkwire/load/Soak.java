package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.LiveHeap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * The same load for a long time, with many ends of epochs: every reply is right, and what the
 * service holds on to does not grow.
 *
 * <p>{@code -Dsoak.seconds=N} makes it longer.
 */
public final class Soak extends LoadSimulation {
  private static final int RATE = 500;
  private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak.seconds", 90));
  private static final int CONNECTIONS = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final double MOST_GROWTH = 1.5;

  private final Contestant service =
      with(contestants.echo("echo", List.of("--epoch-length", "5s")));
  private long heapBefore;

  public Soak() {
    setUp(load().andThen(poll())).protocols(Ask.protocol()).assertions(Ask.NOTHING_WRONG_OR_LOST);
  }

  private PopulationBuilder load() {
    return scenario("soak")
        .exec(Ask.echo("echo", service))
        .injectOpen(constantUsersPerSec(RATE).during(LENGTH));
  }

  private PopulationBuilder poll() {
    return scenario("measure the heap")
        .exec(
            Ask.echo("the heap has not grown", service)
                .check(bodyString().validate("heap", (body, user) -> unlessHeapGrew(body))))
        .injectOpen(atOnceUsers(1));
  }

  @Override
  public void before() {
    super.before();
    try {
      ClosedLoopOptions options = new ClosedLoopOptions(CONNECTIONS, WARM_UP, WARM_UP, TIMEOUT);
      new ClosedLoopClient(service.target(), options).run();
      heapBefore = heap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String unlessHeapGrew(String body) {
    long heapAfter = heap();
    System.out.printf("Heap after collection: %d KiB, then %d KiB%n", heapBefore, heapAfter);
    if (heapAfter > MOST_GROWTH * heapBefore) {
      throw new IllegalStateException(
          "the heap grew from %d KiB to %d KiB".formatted(heapBefore, heapAfter));
    }
    return body;
  }

  private long heap() {
    try {
      return LiveHeap.kibibytes(fleet.pid(service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
