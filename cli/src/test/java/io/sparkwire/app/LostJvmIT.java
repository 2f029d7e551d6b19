package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What outlives a worker or gateway that is killed: a row in a pipeline, and what clients wait for.
 */
class LostJvmIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String[] KEY = {"Idempotency-Key", "\"8e03978e-40d5-43dd\""};
  private static final String[] ASYNC = {"Prefer", "respond-async"};
  private static final int CONNECTIONS = 64;
  private static final int A_WHILE = 2_000;

  @TempDir Path directory;
  private FatJarCluster cluster;
  private HeldCalls calls;
  private RunningApp doomed;
  private RunningApp gateway;

  @BeforeEach
  void begin() throws IOException {
    cluster = new FatJarCluster(directory);
    calls = new HeldCalls();
  }

  @AfterEach
  void endAll() {
    calls.close();
    cluster.close();
  }

  /** A worker whose rows stay in the pipeline until they are let go. */
  private RunningApp startHolding(int place) throws IOException {
    return cluster.startWorker(
        place,
        "row",
        calls.sql(),
        "--spark",
        "spark.sql.extensions=io.sparkwire.spark.SparkwireExtensions",
        "--history",
        "sync",
        "--checkpoint",
        directory.resolve("checkpoint").toString(),
        "--replicas",
        "1",
        "--timeout",
        "5m",
        "--idempotency",
        "1h",
        "--async",
        "1h");
  }

  private static void awaitService(RunningApp gateway) {
    await()
        .atMost(TIMEOUT)
        .until(() -> gateway.get("/row").statusCode() == 405); // it takes POST alone
  }

  private static List<String> replays(RunningApp worker) throws IOException {
    return worker.errLines().stream().filter(line -> line.contains("replaying")).toList();
  }

  private static String body(long value) {
    return "{\"value\":" + value + "}";
  }

  private static String answer(long value) {
    return "{\"value\":" + value + ",\"status\":200}";
  }

  @Test
  void aRowThatWasInTheLostPipelineIsReplayedByAnotherJvm() throws Exception {
    gateway = cluster.startGateway(2);
    RunningApp backup = cluster.startWorker(1, "other", "SELECT value FROM requests");
    doomed = startHolding(0);
    backup.url();
    doomed.url();
    awaitService(gateway);
    try (RawHttp client = new RawHttp(URI.create(gateway.url()).getPort())) {
      client.post("/row", body(7));
      calls.awaitComputed("7");
      doomed.kill();
      FatJarCluster.awaitLosses(gateway, 1);

      RunningApp again = startHolding(0);
      calls.awaitComputed("7", "7");
      calls.release();
      assertThat(client.receive().body()).isEqualTo(answer(7));
      // Had the request been answered twice, this would get the second answer.
      assertThat(client.post("/nowhere", "{}").receive().status()).isEqualTo(404);
      itReplayedTheRow(again);
    }
    assertThat(replays(doomed)).isEmpty();
    assertThat(calls.computed()).hasSize(2);
  }

  private static void itReplayedTheRow(RunningApp worker) throws IOException {
    assertThat(replays(worker))
        .singleElement()
        .asString()
        .endsWith(
            "INFO  HazelcastEpochHistory - event=requests-replayed replaying 1 of 1 requests of"
                + " service 'row' that another JVM left in epoch 1, partition 0");
  }

  @Test
  void anotherNodeKeepsWhatAKilledGatewayHadPromised() throws Exception {
    doomed = cluster.startGateway(1);
    gateway = cluster.startGateway(2);
    startHolding(0).url();
    awaitService(doomed);
    awaitService(gateway);
    CompletableFuture<HttpResponse<String>> keyed = doomed.send("/row", body(9), KEY);
    calls.awaitComputed("9");
    assertThat(gateway.send("/row", body(9), KEY).get().statusCode()).isEqualTo(409);
    calls.release();
    assertThat(keyed.get().body()).isEqualTo(answer(9));
    calls.hold();
    HttpResponse<String> accepted = doomed.send("/row", body(8), ASYNC).get();
    assertThat(accepted.statusCode()).isEqualTo(202);
    calls.awaitComputed("9", "8");

    doomed.kill();
    FatJarCluster.awaitLosses(gateway, 1);
    isComputedAgain(accepted.headers().firstValue("Location").orElseThrow());
    isAnsweredFromMemory();
    assertThat(calls.computed()).hasSize(3);
  }

  /** The asynchronous request. */
  private void isComputedAgain(String location) throws Exception {
    assertThat(gateway.get(location).statusCode()).isEqualTo(202);
    calls.awaitComputed("9", "8", "8");
    calls.release();
    await().atMost(TIMEOUT).until(() -> gateway.get(location).body().equals(answer(8)));
    assertThat(gateway.get(location).statusCode()).isEqualTo(200);
  }

  /** The request with a key. */
  private void isAnsweredFromMemory() throws Exception {
    HttpResponse<String> again = gateway.send("/row", body(9), KEY).get();
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(answer(9));
    assertThat(gateway.send("/row", body(10), KEY).get().statusCode()).isEqualTo(422);
  }

  @Test
  void aGatewayHoldsRequestsUntilItsOnlyWorkerIsBack() throws Exception {
    gateway = cluster.startGateway(2);
    assertThat(gateway.statusAt("/echo", "{\"value\":1}")).isEqualTo(404);
    doomed = startEcho();
    SteadyLoad load = new SteadyLoad(gateway.url() + "/echo", CONNECTIONS);
    load.awaitMore(A_WHILE);
    doomed.kill();
    FatJarCluster.awaitLosses(gateway, 1);

    startEcho();
    load.awaitMore(A_WHILE);
    load.stop();
    assertThat(load.failures()).isEmpty();
  }

  /** Starts a worker whose clients wait for longer than a worker needs to start. */
  private RunningApp startEcho() throws IOException, InterruptedException {
    RunningApp worker =
        cluster.startWorker(0, "echo", "SELECT value FROM requests", "--timeout", "90s");
    worker.ask("{\"value\":-1}");
    return worker;
  }
}
