package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.sparkwire.onnx.OnnxModel;
import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises to clients of a deep network on two workers, which fails on some rows, while another
 * version of it takes over and a worker is killed.
 */
@Timeout(300)
class NetworkFaultsIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String SERVICE = "picked";
  private static final String PATH = "/" + SERVICE;
  private static final int GATEWAY = 2;
  private static final int CONNECTIONS = 16;
  private static final int A_WHILE = 500;

  /** Gives {@code (10, 20, 30)[index]}, and fails where there is no such number. */
  private static final Path NETWORK =
      Path.of("../spark-onnx/src/test/resources/io/sparkwire/onnx/pick.onnx");

  /** The number at 1 in the network's table. */
  private static final int SECOND = 20;

  /** What the network gets for a row: one in a hundred is not in its table. */
  private static final String INDEX =
      "SELECT *, CASE WHEN value % 100 = 7 THEN 99L ELSE 1L END AS index FROM __THIS__";

  private static final String SQL = "SELECT value * (picked DIV 10) AS value FROM requests";

  @TempDir Path directory;

  private RunningApp startWorker(FatJarCluster cluster, int place) throws IOException {
    String models = directory.resolve("models").toString();
    return cluster.startWorker(
        place, SERVICE, SQL, "--model", models, "--watch", "--batch", "on", "--master", "local[2]");
  }

  @Test
  void everyRequestGetsTheReplyOfOneVersion() throws Exception {
    saveVersion("v1", 2);
    int adminPort = TestPorts.next(1);
    try (FatJarCluster cluster = new FatJarCluster(directory)) {
      RunningApp first = startWorker(cluster, 0);
      RunningApp second = startWorker(cluster, 1);
      RunningApp gateway = cluster.startGateway(GATEWAY, "--admin-port", "" + adminPort);
      first.url();
      second.url();
      CheckedClients clients = new CheckedClients(PATH, CONNECTIONS, List.of(2, 3));
      open(clients, gateway);
      clients.awaitMore(A_WHILE);
      assertThat(clients.seen()).isEqualTo(Set.of(2));

      saveVersion("v2", 3);
      second.kill();
      clients.awaitMore(A_WHILE);
      RunningApp again = startWorker(cluster, 1);
      again.url();
      await().atMost(TIMEOUT).until(() -> servesSecondVersion(first));
      clients.awaitMore(A_WHILE);

      clients.stop();
      System.out.println("a network with faults: " + clients);
      assertThat(clients.failures()).isEmpty();
      assertThat(clients.seen()).isEqualTo(Set.of(2, 3));
      assertThat(gateway.send(PATH, "{\"value\":5}").get().body()).isEqualTo("{\"value\":15}");
      await()
          .atMost(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(FatJarCluster.statusAt(adminPort))
                      .hasSize(3)
                      .allSatisfy(NemesisIT::isIdle));
      endsWell(first);
      endsWell(again);
    }
  }

  private static boolean servesSecondVersion(RunningApp worker) throws IOException {
    return worker.outLines().contains("Now serving version v2.");
  }

  private static void open(CheckedClients clients, RunningApp gateway) throws IOException {
    URI address = URI.create(gateway.url());
    await().atMost(TIMEOUT).until(() -> gateway.statusAt(PATH, "{\"value\":0}") == 200);
    clients.open(new InetSocketAddress(address.getHost(), address.getPort()));
  }

  private static void endsWell(RunningApp worker) throws InterruptedException {
    worker.terminate();
    assertThat(worker.exitCode()).isZero();
  }

  /** Saves a pipeline whose network gives that multiple of 10, and then lets workers find it. */
  private void saveVersion(String version, int multiple) throws IOException {
    Dataset<Row> none = TestSpark.session().sql("SELECT 1L AS value");
    PipelineStage[] stages = {
      new SQLTransformer().setStatement(INDEX), new OnnxModel().setModelBytes(network(multiple))
    };
    Path saved = directory.resolve(version);
    new Pipeline().setStages(stages).fit(none).save(saved.toString());
    Path models = Files.createDirectories(directory.resolve("models"));
    Files.move(saved, models.resolve(version));
  }

  private static byte[] network(int multiple) throws IOException {
    byte[] bytes = Files.readAllBytes(NETWORK);
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int table = 0;
    while (numbers.getLong(table) != SECOND) {
      table++;
    }
    numbers.putLong(table, 10L * multiple);
    return bytes;
  }
}
