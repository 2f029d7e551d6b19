package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final TestCluster cluster = new TestCluster();
  private final Gateway gateway = Gateway.start(cluster.start("g1", Role.GATEWAY), "127.0.0.1", 0);

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static ServiceSpec spec(String path) {
    return spec("s", path);
  }

  private static ServiceSpec spec(String name, String path) {
    return TestSpec.of(name).port(8888).path(path).maxBodyBytes(10).build();
  }

  /** A worker that answers with the body and its own name. */
  private Node worker(String id, ServiceSpec spec) {
    Node node = cluster.start(id, Role.WORKER);
    Dispatcher dispatcher = Dispatcher.of(node, new Exchanges(node.id(), System::nanoTime));
    dispatcher.take(
        "s",
        request -> {
          String body = new String(request.request().body(), UTF_8) + " from " + id;
          return request.answer(ServiceReply.ok("text/plain", body.getBytes(UTF_8)));
        });
    node.directory().offer(spec, 100);
    return node;
  }

  private String ask(String path, String body) throws IOException {
    try (RawHttp http = new RawHttp(gateway.port())) {
      http.post(path, body);
      RawHttp.Response response = http.receive();
      return response.status() + " " + response.body();
    }
  }

  private int get(String path) throws IOException {
    return new RetentionHttp(gateway.port()).get(path).status();
  }

  private void awaitStatus(String path, int status) {
    await().atMost(TIMEOUT).until(() -> ask(path, "x").startsWith(status + " "));
  }

  @Test
  void aServiceIsServedAsSoonAsAWorkerHasItAndUntilItIsWithdrawn() throws Exception {
    assertThat(ask("/s", "x")).startsWith("404 ");
    Node worker = worker("w1", spec("/s"));
    awaitStatus("/s", 200);
    assertThat(ask("/s", "hello")).isEqualTo("200 hello from w1");

    worker.directory().withdraw("s");
    awaitStatus("/s", 404);
  }

  @Test
  void theLimitsOfTheServiceHoldAtTheGateway() throws Exception {
    worker("w1", spec("/s"));
    awaitStatus("/s", 200);

    assertThat(ask("/s", "more than 10 bytes")).startsWith("413 ");
  }

  @Test
  void aServiceWhoseLastWorkerWasLostWaitsForAnother() throws Exception {
    Node worker = worker("w1", spec("/s"));
    awaitStatus("/s", 200);
    cluster.stop(worker);
    try (RawHttp http = new RawHttp(gateway.port())) {
      http.post("/s", "hello");
      worker("w2", spec("/s"));

      assertThat(http.receive().body()).isEqualTo("hello from w2");
    }
  }

  @Test
  void aServiceMayComeBackWithAnotherPath() throws Exception {
    Node worker = worker("w1", spec("/s"));
    awaitStatus("/s", 200);
    worker.directory().offer(spec("/t"), 100);

    awaitStatus("/t", 200);
    assertThat(ask("/s", "x")).startsWith("404 ");
  }

  @Test
  void servicesOfWorkersAreModelsOfTheGateway() throws Exception {
    Node worker = cluster.start("w1", Role.WORKER);
    ServiceSpec model = GrpcService.spec(TestSpec.of("m").port(8888));
    Dispatcher.of(worker, new Exchanges(worker.id(), System::nanoTime))
        .take(
            "m",
            request -> {
              GrpcService.answer(request, model);
              return true;
            });
    worker.directory().offer(model, 100);
    await().atMost(TIMEOUT).until(() -> get("/v2/models/m") == 200);

    try (GrpcCalls client = new GrpcCalls(gateway.port())) {
      ModelInferResponse answer =
          client.ask(
              "ModelInfer",
              GrpcService.typed("m", 1.5, 2).build(),
              ModelInferResponse.getDefaultInstance());
      assertThat(answer.getOutputs(0).getContents().getFp64ContentsList())
          .containsExactly(3.0, 4.0);
    }
  }

  private static JsonObject shown(Node asking) {
    return ClusterStatus.of(asking).await().getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> node.getString("role").equals("gateway"))
        .map(node -> node.getJsonArray("services").getJsonObject(0))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anotherSchemaIsShownByTheSameRoute() throws Exception {
    Node worker = worker("w1", spec("/s"));
    awaitStatus("/s", 200);
    assertThat(shown(worker).containsKey("schema")).isFalse();
    ServiceSchema schema = new ServiceSchema("value INT", "STRING");
    worker.directory().offer(spec("/s").withSchema(schema), 100);

    await().atMost(TIMEOUT).until(() -> shown(worker).containsKey("schema"));
    assertThat(shown(worker).getJsonObject("schema"))
        .isEqualTo(JsonObject.of("body", "value INT", "reply", "STRING"));
    assertThat(shown(worker).getLong("admitted")).isEqualTo(1);
  }

  @Test
  void aServiceWhosePathAnotherOneHasDoesNotKeepTheRestFromBeingServed() throws Exception {
    Node worker = worker("w1", spec("/s"));
    worker.directory().offer(spec("t", "/s"), 100);
    worker.directory().offer(spec("u", "/u"), 100);
    awaitStatus("/s", 200);
    await().atMost(TIMEOUT).until(() -> get("/u") == 405); // it takes POST alone

    worker.directory().withdraw("s");
    worker.directory().withdraw("t");
    awaitStatus("/s", 404);
  }

  @Test
  void aStoppedGatewayIsNotThereAnyMore() throws Exception {
    Node worker = worker("w1", spec("/s"));
    awaitStatus("/s", 200);
    gateway.stop(TIMEOUT);

    assertThatThrownBy(() -> ask("/s", "x")).isInstanceOf(IOException.class);
    await().atMost(TIMEOUT).until(() -> worker.directory().members().size() == 1);
  }

  @Test
  void aTakenPortIsReported() throws Exception {
    Node node = cluster.start("g2", Role.GATEWAY);
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Gateway.start(node, "127.0.0.1", holder.getLocalPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + holder.getLocalPort());
    }
  }
}
