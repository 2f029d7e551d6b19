package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.sparkwire.http.RawHttp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster on two machines whose link is cut and healed: clients of both keep what they are
 * promised.
 */
@Tag("namespaces")
@Timeout(600)
class CutOffIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CUT = Duration.ofSeconds(15);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String PATH = "/doubled";
  private static final int GATEWAY = 2;
  private static final int CONNECTIONS = 16;
  private static final int A_WHILE = 1_000;

  @Test
  void bothSidesAnswerAndAreOneClusterAgain(@TempDir Path directory) throws Exception {
    try (TwoMachines machines = new TwoMachines();
        FatJarCluster cluster =
            new FatJarCluster(directory, place -> machines.machine(place == 1 ? 1 : 0))) {
      RunningApp here = startWorker(cluster, 0);
      RunningApp there = startWorker(cluster, 1);
      int adminPort = TestPorts.next(1);
      RunningApp gateway = startGateway(cluster, adminPort);
      CheckedClients clients = new CheckedClients(PATH, CONNECTIONS);
      for (InetSocketAddress address :
          List.of(
              door(gateway, machines.doorAddress(0)),
              door(there, machines.doorAddress(1)),
              door(here, machines.doorAddress(0)))) {
        awaitAnswer(address);
        clients.open(address);
      }
      clients.awaitMore(A_WHILE);

      machines.cut();
      long cut = System.nanoTime();
      FatJarCluster.awaitLosses(gateway, 1);
      FatJarCluster.awaitLosses(there, 1);
      clients.awaitMore(A_WHILE);
      await().atMost(TIMEOUT).until(() -> System.nanoTime() - cut >= CUT.toNanos());
      machines.heal();
      await()
          .atMost(TIMEOUT)
          .untilAsserted(() -> isWhole(FatJarCluster.statusAt(machines.machine(0), adminPort)));
      cluster.awaitStatus(CutOffIT::isWhole);
      clients.awaitMore(A_WHILE);

      clients.stop();
      System.out.println("a link was cut and healed: " + clients);
      assertThat(clients.failures()).isEmpty();
      assertThat(clients.longest()).isLessThan(DEADLINE);
    }
  }

  private static RunningApp startWorker(FatJarCluster cluster, int place) throws IOException {
    return cluster.startWorker(
        place, "doubled", CheckedClients.SQL, "--host", "0.0.0.0", "--batch", "on");
  }

  /** Its admin port tells what it knows of the others, which keeps no parts from merging. */
  private static RunningApp startGateway(FatJarCluster cluster, int adminPort) throws IOException {
    return cluster.startGateway(
        GATEWAY, "--host", "0.0.0.0", "--admin-port", Integer.toString(adminPort));
  }

  private static void isWhole(List<JsonObject> nodes) {
    assertThat(nodes).hasSize(3).allMatch(node -> node.getBoolean("answers"));
  }

  private static InetSocketAddress door(RunningApp app, String address) throws IOException {
    return new InetSocketAddress(address, URI.create(app.url()).getPort());
  }

  private static void awaitAnswer(InetSocketAddress address) {
    await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              try (RawHttp http = new RawHttp(address)) {
                return http.post(PATH, "{\"value\":0}").receive().status() == 200;
              }
            });
  }
}
