package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.sparkwire.auth.TestClients;
import io.sparkwire.auth.TestIssuer;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protobuf.health.HealthCheckRequest;
import io.sparkwire.protobuf.health.HealthCheckResponse;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import io.sparkwire.protobuf.inference.ModelMetadataRequest;
import io.sparkwire.protobuf.inference.ModelMetadataResponse;
import io.sparkwire.protobuf.inference.ModelReadyRequest;
import io.sparkwire.protobuf.inference.ModelReadyResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients show who they are, and what their requests have of it. */
class GateTest {

  @TempDir private Path directory;

  private final Queue<MultiMap> seen = new ConcurrentLinkedQueue<>();
  private TestClients clients;
  private String alice;
  private ServedNode node;
  private RetentionHttp http;

  @BeforeEach
  void serve() {
    clients = new TestClients(directory);
    alice = clients.add("alice", "serve:s");
    node = new ServedNode(clients.options());
    http =
        new RetentionHttp(
            node.listeners.open(
                node.serve(
                    TestSpec.of("s")
                        .path("/s")
                        .retention(new ReplyRetention(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                        .build(),
                    this::answer)));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void answer(PendingRequest pending) {
    ServiceRequest request = pending.request();
    seen.add(request.headers());
    String name = "" + request.headers().get(ServiceRequest.PRINCIPAL);
    pending.answer(ServiceReply.ok("text/plain", name.getBytes(UTF_8)));
  }

  private static String basic(String pair) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Test
  void aKeyMayBeShownInThreeWaysAndThePipelineGetsTheName() throws IOException {
    for (String field :
        List.of(
            "X-API-Key: " + alice,
            "Authorization: Bearer " + alice,
            "authorization:bearer  " + alice,
            basic("anybody:" + alice),
            basic(":" + alice))) {
      assertThat(http.post("/s", "x", field).body()).as(field).isEqualTo("alice");
    }
    assertThat(seen)
        .hasSize(5)
        .allSatisfy(headers -> assertThat(headers.toString()).doesNotContain(alice.substring(16)));
  }

  @Test
  void otherFormsAreRefusedWithTheirReason() throws IOException {
    for (String field :
        List.of(
            "X-API-Key:",
            "Authorization:",
            "Authorization: Bearer",
            "Authorization: Bearer x",
            "Authorization: " + alice,
            "Authorization: Digest " + alice,
            "Authorization: Basic !",
            basic(alice + ":"),
            "X-API-Key: " + alice + "\r\nX-API-Key: " + alice,
            "X-API-Key: " + alice + "\r\nAuthorization: Bearer " + alice)) {
      RawHttp.Response response = http.post("/s", "x", field);
      assertThat(response.status()).as(field).isEqualTo(401);
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.body()).contains("urn:sparkwire:problem:unauthenticated");
      assertThat(response.body()).doesNotContain(alice.substring(16));
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void aRefusalSaysHowToAsk() throws IOException {
    try (RawHttp raw = new RawHttp(http.port())) {
      raw.send("POST /s HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx");
      assertThat(raw.receive().header("www-authenticate"))
          .isEqualTo("Bearer realm=\"sparkwire\", Basic realm=\"sparkwire\", charset=\"UTF-8\"");
    }
    String other = clients.add("bob", "serve:other");
    await().until(() -> http.post("/s", "x", "X-API-Key: " + other).status() == 403);
    assertThat(http.post("/s", "x", "X-API-Key: " + other).body())
        .contains("the client does not have the scope 'serve:s'");
  }

  @Test
  void noClientCanNameItself() throws IOException {
    RawHttp.Response response =
        http.post("/s", "x", "X-API-Key: " + alice, "principal: root", "x-principal: root");
    assertThat(response.body()).isEqualTo("alice");
    assertThat(http.post("/s", "x", "X-API-Key: " + alice, ":principal: root").status())
        .isEqualTo(400);
  }

  @Test
  void eachClientHasIdempotencyKeysAndAsynchronousRequestsOfItsOwn() throws IOException {
    String bob = clients.add("bob", "serve:s");
    await().until(() -> http.post("/s", "x", "X-API-Key: " + bob).status() == 200);
    for (String key : List.of(alice, bob, alice)) {
      String name = key.equals(alice) ? "alice" : "bob";
      assertThat(http.post("/s", "x", "X-API-Key: " + key, "Idempotency-Key: \"k\"").body())
          .isEqualTo(name);
    }
    String place =
        http.post("/s", "x", "X-API-Key: " + alice, "Prefer: respond-async").header("location");
    await().until(() -> get(place, alice).status() == 200);
    assertThat(get(place, alice).body()).isEqualTo("alice");
    assertThat(get(place, bob).status()).isEqualTo(404);
    assertThat(ask("DELETE", place, bob).status()).isEqualTo(404);
    assertThat(http.get(place).status()).isEqualTo(401);
    assertThat(ask("DELETE", place, alice).status()).isEqualTo(204);
    assertThat(get(place, alice).status()).isEqualTo(404);
  }

  private RawHttp.Response get(String path, String key) throws IOException {
    return ask("GET", path, key);
  }

  private RawHttp.Response ask(String method, String path, String key) throws IOException {
    try (RawHttp raw = new RawHttp(http.port())) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: t\r\nX-API-Key: " + key;
      return raw.send(head + "\r\nContent-Length: 0\r\n\r\n").receive();
    }
  }

  @Test
  void refusalsHaveTheFormOfTheirProtocol() throws IOException {
    assertThat(http.post("/v2/models/s/infer", "{}").body()).startsWith("{\"error\":\"send an");
    assertThat(http.post("/invocations", "{}").body())
        .startsWith("{\"error_code\":\"UNAUTHENTICATED\",\"message\":");
    try (GrpcCalls grpc = new GrpcCalls(http.port())) {
      Status status =
          GrpcCalls.failure(
              () ->
                  grpc.ask(
                      "ModelInfer",
                      GrpcService.typed("s", 1).build(),
                      ModelInferResponse.getDefaultInstance()));
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).startsWith("send an API key");
    }
  }

  /** Which service a call is for stands in its message. */
  @Test
  void aCallIsForClientsOfTheModelThatItNames() throws IOException {
    String bob = clients.add("bob", "serve:other");
    await().until(() -> http.post("/s", "x", "X-API-Key: " + bob).status() == 403);
    try (GrpcCalls grpc = new GrpcCalls(http.port())) {
      Map<String, Runnable> calls =
          Map.of(
              "ModelInfer",
              () ->
                  grpc.ask(
                      GrpcCalls.INFERENCE + "ModelInfer",
                      GrpcService.typed("s", 1).build(),
                      ModelInferResponse.getDefaultInstance(),
                      GrpcCalls.as(bob)),
              "ModelReady",
              () ->
                  grpc.ask(
                      GrpcCalls.INFERENCE + "ModelReady",
                      ModelReadyRequest.newBuilder().setName("s").build(),
                      ModelReadyResponse.getDefaultInstance(),
                      GrpcCalls.as(bob)),
              "ModelMetadata",
              () ->
                  grpc.ask(
                      GrpcCalls.INFERENCE + "ModelMetadata",
                      ModelMetadataRequest.newBuilder().setName("s").build(),
                      ModelMetadataResponse.getDefaultInstance(),
                      GrpcCalls.as(bob)),
              "Check",
              () ->
                  grpc.ask(
                      "grpc.health.v1.Health/Check",
                      HealthCheckRequest.newBuilder().setService("s").build(),
                      HealthCheckResponse.getDefaultInstance(),
                      GrpcCalls.options()));
      calls.forEach(
          (name, call) ->
              assertThat(GrpcCalls.failure(call).getCode())
                  .as(name)
                  .isEqualTo(Status.Code.PERMISSION_DENIED));
      assertThat(
              grpc.ask(
                      GrpcCalls.INFERENCE + "ModelReady",
                      ModelReadyRequest.newBuilder().setName("s").build(),
                      ModelReadyResponse.getDefaultInstance(),
                      GrpcCalls.as(alice))
                  .getReady())
          .isTrue();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void listingsHaveTheServicesThatAClientMayUse() throws IOException {
    String bob = clients.add("bob", "serve:other");
    await().until(() -> http.post("/s", "x", "X-API-Key: " + bob).status() == 403);
    assertThat(get("/openapi.json", alice).body()).contains("Sparkwire: s", "securitySchemes");
    assertThat(get("/openapi.json", bob).body()).doesNotContain("/s");
    assertThat(ask("POST", "/v2/repository/index", alice).body()).contains("\"name\":\"s\"");
    assertThat(ask("POST", "/v2/repository/index", bob).body()).isEqualTo("[]");
  }

  @Test
  void aTokenThatNamesANewKeyWaitsForTheKeysWithItsBody() throws IOException {
    TestIssuer first = TestIssuer.of("one");
    TestIssuer next = TestIssuer.of("two");
    Vertx vertx = Vertx.vertx();
    AtomicInteger asked = new AtomicInteger();
    try {
      HttpServer issuer =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    boolean isFirst = asked.incrementAndGet() == 1;
                    String keys = TestIssuer.jwks(isFirst ? first : next);
                    vertx.setTimer(isFirst ? 1 : 200, timer -> request.response().end(keys));
                  })
              .listen(0, "127.0.0.1")
              .await();
      node.close();
      node =
          new ServedNode(TestIssuer.options("http://127.0.0.1:" + issuer.actualPort() + "/keys"));
      int port =
          node.listeners.open(
              node.echo(TestSpec.of("s").path("/s").maxBodyBytes(1_000_000).build()));
      String body = "x".repeat(100_000);
      String field = "Authorization: Bearer " + next.sign(TestIssuer.claims("carol", "serve:s"));
      RetentionHttp caller = new RetentionHttp(port);
      await() // until the first keys are old enough
          .atMost(Duration.ofMinutes(1))
          .until(() -> caller.post("/s", body, field), reply -> reply.body().equals(body));
      assertThat(caller.post("/s", body, field).body()).isEqualTo(body);
      assertThat(asked).hasValue(2);
    } finally {
      vertx.close().await();
    }
  }
}
