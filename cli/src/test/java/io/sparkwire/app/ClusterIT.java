package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers and a gateway, each a fat jar in a process of its own, of which some are lost.
 *
 * <p>{@code -Dsparkwire.cluster.seconds=60} lasts that long for each loss, a third of it before,
 * during and after.
 */
class ClusterIT {

  /** Longer than a worker needs to start, also on a machine that has other things to do. */
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  /** A node that was frozen needs a while to find the others again. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final List<String> ROLES = List.of("worker", "worker", "gateway");
  private static final int CONNECTIONS = 64;
  private static final int A_WHILE = 2_000;
  private static final Duration A_THIRD =
      Duration.ofSeconds(Integer.getInteger("sparkwire.cluster.seconds", 0)).dividedBy(3);

  private FatJarCluster cluster;

  @BeforeEach
  void begin(@TempDir Path directory) throws IOException {
    cluster = new FatJarCluster(directory);
  }

  @AfterEach
  void endAll() {
    cluster.close();
  }

  private RunningApp startWorker(int place) throws IOException {
    return cluster.startWorker(
        place, "echo", "SELECT value FROM requests", "--timeout", DEADLINE.toSeconds() + "s");
  }

  private static void answersItself(RunningApp worker) throws Exception {
    assertThat(worker.ask("{\"value\":-1}").getLong("value")).isEqualTo(-1);
  }

  @Test
  void noRequestOfAGatewayIsLostWithAWorker() throws Exception {
    int adminPort = TestPorts.next(1);
    RunningApp gateway = cluster.startGateway(2, "--admin-port", "" + adminPort);
    RunningApp doomed = startWorker(0);
    RunningApp other = startWorker(1);
    answersItself(other);
    answersItself(doomed);

    SteadyLoad load = new SteadyLoad(gateway.url() + "/echo", CONNECTIONS);
    load.awaitMore(A_WHILE, A_THIRD);
    doomed.kill();
    FatJarCluster.awaitLosses(gateway, 1);
    load.awaitMore(A_WHILE, A_THIRD);
    answersItself(startWorker(0));
    load.awaitMore(A_WHILE, A_THIRD);
    allWereAnswered(load, "a worker was killed and restarted");

    load = new SteadyLoad(gateway.url() + "/echo", CONNECTIONS);
    load.awaitMore(A_WHILE, A_THIRD);
    other.freeze();
    FatJarCluster.awaitLosses(gateway, 2);
    load.awaitMore(A_WHILE, A_THIRD);
    other.thaw();
    answersItself(other);
    load.awaitMore(A_WHILE, A_THIRD);
    allWereAnswered(load, "a worker was frozen for a while");

    await("the one that was frozen").atMost(TIMEOUT).until(() -> allAnswer(adminPort));
    assertThat(cluster.status()).as("as others see it").hasSize(3);
    gateway.terminate();
    assertThat(gateway.exitCode()).isZero();
    assertThat(gateway.outLines()).last().isEqualTo("Stopped.");
  }

  private static void allWereAnswered(SteadyLoad load, String loss) throws Exception {
    load.stop();
    System.out.printf(
        "%s: %d requests, the longest wait was %d ms%n",
        loss, load.answered(), load.longest().toMillis());
    assertThat(load.failures()).isEmpty();
    assertThat(load.longest()).isLessThan(DEADLINE);
  }

  private static boolean allAnswer(int adminPort) throws Exception {
    List<JsonObject> nodes = FatJarCluster.statusAt(adminPort);
    return nodes.stream().map(node -> node.getString("role")).toList().equals(ROLES)
        && nodes.stream().allMatch(node -> node.getBoolean("answers"));
  }

  @Test
  void aGatewayHoldsRequestsUntilItsOnlyWorkerIsBack() throws Exception {
    RunningApp gateway = cluster.startGateway(2);
    assertThat(gateway.statusAt("/echo", "{\"value\":1}")).isEqualTo(404);
    RunningApp worker = startWorker(0);
    answersItself(worker);
    SteadyLoad load = new SteadyLoad(gateway.url() + "/echo", CONNECTIONS);
    load.awaitMore(A_WHILE);
    worker.kill();
    FatJarCluster.awaitLosses(gateway, 1);

    answersItself(startWorker(0));
    load.awaitMore(A_WHILE);
    load.stop();
    assertThat(load.failures()).isEmpty();
  }
}
