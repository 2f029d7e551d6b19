package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service on a standalone cluster of Spark whose processes know each other by a secret. */
@Timeout(600)
class SparkSecretIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final String SECRET = "c2VjcmV0IG9mIFNwYXJr";
  private static final String BODY = "{\"value\":7}";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  @Test
  void theNodesHaveTheSecretOfSparkAndNoLogHasIt(@TempDir Path directory) throws Exception {
    List<String> settings =
        List.of("spark.authenticate=true", "spark.authenticate.secret=" + SECRET);
    try (SparkCluster spark = new SparkCluster(directory, 1, settings);
        FatJarCluster nodes = new FatJarCluster(directory)) {
      int adminPort = TestPorts.next(2);
      JavaProcess driver = spark.serve(serve(nodes, adminPort));
      driver.awaitLine("Serving at");
      await()
          .atMost(TIMEOUT)
          .ignoreExceptions()
          .until(() -> roles(adminPort).equals(List.of("worker", "worker", "driver")));

      RunningApp stranger = nodes.startGateway(2);
      nodes.useSecrets(SECRET);
      RunningApp gateway = nodes.startGateway(3);
      await().atMost(TIMEOUT).until(() -> gateway.statusAt("/echo", BODY) == OK);
      assertThat(stranger.statusAt("/echo", BODY)).isEqualTo(NOT_FOUND);
      assertThat(filesWithTheSecret(directory)).containsExactly("secret");
    }
  }

  private static List<String> serve(FatJarCluster nodes, int adminPort) {
    List<String> arguments = new ArrayList<>(List.of("--name", "echo", "--schema", "value BIGINT"));
    arguments.addAll(List.of("--sql", "SELECT value FROM requests", "--partitions", "1"));
    arguments.addAll(List.of("--replicas", "1", "--port", "0", "--admin-port", "" + adminPort));
    arguments.addAll(nodes.membership(1));
    return arguments;
  }

  private static List<String> roles(int adminPort) throws IOException, InterruptedException {
    return FatJarCluster.statusAt(adminPort).stream()
        .filter(node -> node.getBoolean("answers"))
        .map((JsonObject node) -> node.getString("role"))
        .toList();
  }

  /** The files that processes have written, with their logs, by the beginnings of their names. */
  private static List<String> filesWithTheSecret(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".jar"))
          .filter(SparkSecretIT::hasTheSecret)
          .map(file -> file.getFileName().toString().replaceFirst("\\d+$", ""))
          .toList();
    }
  }

  private static boolean hasTheSecret(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET);
    } catch (IOException e) {
      return false; // it has just been removed
    }
  }
}
