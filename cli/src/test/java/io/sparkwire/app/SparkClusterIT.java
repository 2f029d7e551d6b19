package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a standalone cluster of Spark, of which executors and the driver are killed. */
class SparkClusterIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final int CONNECTIONS = 16;
  private static final int A_WHILE = 1_000;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int GATEWAY = 0;
  private static final int APPLICATION = 1;
  private static final int KILLS = Integer.getInteger("sparkwire.cluster.kills", 1);

  private static SparkCluster spark;

  @TempDir Path directory;
  private FatJarCluster nodes;
  private int adminPort;

  @BeforeAll
  static void startSpark(@TempDir Path directory) throws IOException {
    spark = new SparkCluster(directory, 2);
  }

  @AfterAll
  static void endSpark() {
    spark.close();
  }

  @BeforeEach
  void start() {
    adminPort = TestPorts.next(3);
    nodes = new FatJarCluster(directory);
  }

  @AfterEach
  void endAll() {
    spark.endApplications();
    nodes.close();
  }

  /** Serves what it is asked; a request may wait as long as a cluster takes to start again. */
  private JavaProcess serve() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--name", "echo", "--schema", "value BIGINT"));
    arguments.addAll(List.of("--sql", "SELECT value FROM requests"));
    arguments.addAll(List.of("--partitions", "1", "--replicas", "2"));
    arguments.addAll(List.of("--port", "0", "--timeout", "2m", "--admin-port", "" + adminPort));
    arguments.addAll(List.of("--checkpoint", directory.resolve("checkpoint").toString()));
    arguments.addAll(nodes.membership(APPLICATION));
    return spark.serve(arguments);
  }

  /** The executors' nodes as the driver's says, which has the first of the admin ports. */
  private List<JsonObject> workers() throws Exception {
    return FatJarCluster.statusAt(adminPort).stream()
        .filter(node -> node.getString("role").equals("worker") && node.getBoolean("answers"))
        .toList();
  }

  private static List<String> urls(List<JsonObject> workers) {
    return workers.stream()
        .flatMap(worker -> worker.getJsonArray("services").stream().map(JsonObject.class::cast))
        .map(
            service -> "http://127.0.0.1:" + service.getInteger("port") + service.getString("path"))
        .toList();
  }

  private static boolean allRead(List<JsonObject> workers) {
    return workers.size() == 2
        && workers.stream()
            .allMatch(
                worker ->
                    worker.getJsonArray("services").size() == 1
                        && worker.getJsonArray("services").getJsonObject(0).getInteger("readers")
                            == 1);
  }

  private Set<Long> executors() {
    return spark.executors().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  /** Kills one of the executors, and waits until Spark has started another. */
  private void killExecutor(int which) {
    Set<Long> before = executors();
    spark.executors().get(which).destroyForcibly();
    await("another executor")
        .atMost(TIMEOUT)
        .until(() -> executors().size() == 2 && !executors().equals(before));
  }

  @Test
  void aGatewaysClientsLoseNothingWithAnExecutorNorWithTheDriver() throws Exception {
    RunningApp gateway = nodes.startGateway(GATEWAY);
    JavaProcess driver = serve();
    driver.awaitLine("Serving at");
    await().atMost(TIMEOUT).ignoreExceptions().until(() -> allRead(workers()));
    for (int port = adminPort; port < adminPort + 3; port++) {
      assertThat(FatJarCluster.statusAt(port))
          .extracting(node -> node.getString("role"))
          .containsExactly("worker", "worker", "driver", "gateway");
    }
    for (String url : urls(workers())) {
      SteadyLoad own = new SteadyLoad(url, 1);
      own.awaitMore(1);
      own.stop();
      assertThat(own.failures()).isEmpty();
    }

    SteadyLoad load = new SteadyLoad(gateway.url() + "/echo", CONNECTIONS);
    load.awaitMore(A_WHILE);
    for (int kill = 0; kill < KILLS; kill++) {
      killExecutor(0);
      await("its reader").atMost(TIMEOUT).ignoreExceptions().until(() -> allRead(workers()));
      load.awaitMore(A_WHILE);
    }
    driver.kill();
    JavaProcess again = serve();
    again.awaitLine("Serving at");
    load.awaitMore(A_WHILE);
    load.stop();

    System.out.printf(
        "%d requests through the loss of %d executor(s) and the driver; the longest wait was %d"
            + " ms%n",
        load.answered(), KILLS, load.longest().toMillis());
    assertThat(load.failures()).isEmpty();
    assertThat(again.terminate()).isZero();
  }

  /** The latest epoch whose reading has begun. */
  private long latestEpoch() throws Exception {
    return workers().stream()
        .flatMap(worker -> worker.getJsonArray("services").stream().map(JsonObject.class::cast))
        .mapToLong(service -> service.getLong("epoch"))
        .max()
        .orElse(0);
  }

  private void awaitNextEpoch() throws Exception {
    long epoch = latestEpoch();
    await("an epoch")
        .atMost(TIMEOUT)
        .pollDelay(Duration.ZERO)
        .pollInterval(SOON)
        .ignoreExceptions()
        .until(() -> latestEpoch() > epoch);
  }

  private static long sharesBegunAgain() throws IOException {
    return spark.timesExecutorsSaid("replaying all");
  }

  /** Executors are lost just when readers have begun an epoch, so that others begin it again. */
  @Test
  void aCountIsExactThoughExecutorsAreLost() throws Exception {
    RunningApp gateway = nodes.startGateway(GATEWAY);
    List<String> settings = new ArrayList<>(nodes.settings(APPLICATION));
    settings.addAll( // without the plugin, nodes begin with the first tasks
        List.of(
            MembershipArguments.SETTING + "admin-port=" + adminPort,
            "spark.task.maxFailures=1000",
            "spark.sql.shuffle.partitions=" + CountingService.PARTITIONS));
    spark.submit(
        CountingService.class,
        CountingService.jar(directory),
        settings,
        List.of(directory.resolve("checkpoint").toString()));
    String path = "/" + CountingService.NAME;
    await("the service")
        .atMost(TIMEOUT)
        .until(() -> gateway.get(path).statusCode() == METHOD_NOT_ALLOWED);
    long direct = repliesOfShuffledRowsReachTheirConnections();
    long repeated = sharesBegunAgain();
    CountedLoad load = new CountedLoad(gateway.url() + path, CONNECTIONS);
    load.awaitMore(A_WHILE / 4);
    for (int kill = 0; kill < KILLS; kill++) {
      awaitNextEpoch();
      killExecutor(kill % 2);
      load.awaitMore(A_WHILE / 4);
    }
    load.stop();
    long counted = load.counted();

    long asked = direct + load.answered() + CountingService.KINDS;
    System.out.printf(
        "%d requests through the loss of %d executor(s), with %d share(s) begun again on other executors: %d"
            + " were counted; the longest wait was %d ms%n",
        asked, KILLS, sharesBegunAgain() - repeated, counted, load.longest().toMillis());
    assertThat(load.failures()).isEmpty();
    assertThat(counted).isEqualTo(asked);
  }

  /** Asks the executors themselves; gives how many requests that took. */
  private long repliesOfShuffledRowsReachTheirConnections() throws Exception {
    await().atMost(TIMEOUT).ignoreExceptions().until(() -> urls(workers()).size() == 2);
    List<CountedLoad> loads = new ArrayList<>();
    for (String url : urls(workers())) {
      loads.add(new CountedLoad(url, CONNECTIONS / 2));
    }
    for (CountedLoad load : loads) {
      load.awaitMore(A_WHILE / 10);
      load.stop();
    }

    assertThat(loads).allSatisfy(load -> assertThat(load.failures()).isEmpty());
    long replies = loads.stream().mapToLong(CountedLoad::answered).sum();
    long crossed = workers().stream().mapToLong(node -> node.getLong("repliesToOthers")).sum();
    System.out.printf("%d requests, %d replies to another node%n", replies, crossed);
    assertThat(crossed).as("each is sent at least once").isGreaterThanOrEqualTo(replies / 3);
    return replies;
  }
}
