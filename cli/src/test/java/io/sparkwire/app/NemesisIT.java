package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises to clients of a cluster's gateways, while a {@link Nemesis} attacks its nodes.
 *
 * <p>{@code -Dsparkwire.nemesis.seeds=10} runs that many orders of its blows, and {@code
 * -Dsparkwire.nemesis.seed=7} that one alone. {@code -Dsparkwire.cluster.seconds=60} lets the
 * clients ask for so long with each loss of a worker, a third of it before, during and after. The
 * cluster has a secret where the seed is odd, which another one replaces.
 */
@Timeout(900)
class NemesisIT {

  private static final int CONNECTIONS = 16;
  private static final List<String> SECRETS =
      List.of("a secret of this test", "another secret of this test");

  static LongStream seeds() {
    Long one = Long.getLong("sparkwire.nemesis.seed");
    return one != null // which is not set by the build
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("sparkwire.nemesis.seeds", 1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRequestGetsItsOneReplyWhileItsGatewayLives(long seed, @TempDir Path directory)
      throws Exception {
    try (FatJarCluster cluster = new FatJarCluster(directory)) {
      CheckedClients clients = new CheckedClients(Nemesis.PATH, CONNECTIONS);
      Nemesis nemesis = new Nemesis(cluster, clients, seed % 2 == 0 ? List.of() : SECRETS, seed);
      nemesis.begin();
      nemesis.strike();
      clients.stop();
      System.out.println("seed " + seed + ": " + clients);
      assertThat(clients.failures()).as("seed " + seed).isEmpty();
      cluster.awaitStatus(nodes -> assertThat(nodes).hasSize(4).allSatisfy(NemesisIT::isIdle));
    }
  }

  /** A node answers, and no request is in it. */
  static void isIdle(JsonObject node) {
    assertThat(node.getBoolean("answers")).isTrue();
    assertThat(node.getJsonArray("services"))
        .isNotEmpty()
        .allSatisfy(
            each -> {
              JsonObject service = (JsonObject) each;
              assertThat(service.getInteger("inFlight")).isZero();
              assertThat(service.getInteger("queued", 0)).isZero();
            });
  }
}
