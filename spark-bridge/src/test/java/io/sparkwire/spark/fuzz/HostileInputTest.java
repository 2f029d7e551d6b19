package io.sparkwire.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.intake.ServedService;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.NothingLeft;
import io.sparkwire.spark.TestSpark;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Services with the real reader get hostile inputs of all kinds over real sockets. Each of these
 * gets 200 with the right value, a typed refusal, or the end of its connection, in bounded time;
 * and none leaves anything behind.
 *
 * <p>{@code -Dsparkwire.fuzz.inputs=N} says how many, and {@code -Dsparkwire.fuzz.seed=S} the seed
 * of the first one. With {@code -Dsparkwire.fuzz.inputs=1} the seed that a failure names is
 * repeated alone.
 */
@ExtendWith({TestSpark.class, NothingLeft.class})
class HostileInputTest {

  private static final int INPUTS = Integer.getInteger("sparkwire.fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("sparkwire.fuzz.seed", 0);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** More than the time-outs of the services, one after the other. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private static final int SOME = 2_000;
  private static final long MORE_MEBIBYTES = 64;

  private final SparkSession spark;

  HostileInputTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void eachGetsARightValueOrATypedRefusalAndNothingIsLeft() throws Exception {
    try (LeakWatch leaks = new LeakWatch();
        FuzzedServices services = new FuzzedServices(spark)) {
      InputRun warmUp = new InputRun(services, SEED - SOME, Math.min(SOME, INPUTS));
      warmUp.toEnd();
      assertThat(warmUp.failures()).isEmpty();
      await().atMost(LIMIT).untilAsserted(HostileInputTest::nothingIsOpen);
      long heap = liveMebibytes();
      long direct = LeakWatch.directBytes() >> 20;

      InputRun run = new InputRun(services, SEED, INPUTS);
      run.toEnd();
      System.out.println(run);
      await().atMost(LIMIT).untilAsserted(HostileInputTest::nothingIsOpen);
      leaks.isClean();
      System.out.printf(
          "live heap %d MiB before, %d after; direct memory %d MiB before, %d after%n",
          heap, liveMebibytes(), direct, LeakWatch.directBytes() >> 20);

      assertThat(run.failures()).isEmpty();
      assertThat(run.longest()).isLessThan(LONGEST);
      assertThat(liveMebibytes()).isLessThan(heap + MORE_MEBIBYTES);
      assertThat(LeakWatch.directBytes() >> 20).isLessThan(direct + MORE_MEBIBYTES);
    }
  }

  private static void nothingIsOpen() {
    ServingNode node = ServingNode.current();
    assertThat(node.openExchanges()).isZero();
    assertThat(node.services().all())
        .extracting(ServedService::service)
        .extracting(Service::inFlight)
        .containsOnly(0);
    JsonObject connections = node.services().status().getJsonObject("connections");
    assertThat(connections.getInteger("open")).as("%s", connections).isZero();
    assertThat(connections.getInteger("unfinished")).as("%s", connections).isZero();
  }

  private static long liveMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }
}
