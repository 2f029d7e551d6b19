package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The paths of the Open Inference Protocol. */
class InferenceEndpointsTest {

  private static final ServiceSchema SCHEMA =
      new ServiceSchema(
          "age INT NOT NULL,point VECTOR(2),word STRING,ids ARRAY<INT>(2048)",
          "p DOUBLE,out ARRAY<FLOAT>(30)");

  private final ServedNode node = new ServedNode(2);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private Service open(Service service) {
    port = node.listeners.open(service);
    return service;
  }

  private static ServiceSpec spec(String name) {
    return TestSpec.of(name).build().withSchema(SCHEMA);
  }

  private RawHttp.Response ask(String method, String path, String body) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(
              "%s %s HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(method, path, body.length(), body))
          .receive();
    }
  }

  private RawHttp.Response get(String path) throws IOException {
    return ask("GET", path, "");
  }

  private void says(String path, JsonObject body) throws IOException {
    RawHttp.Response response = get(path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(new JsonObject(response.body())).isEqualTo(body);
  }

  private static void isError(RawHttp.Response response, int status, String error) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("content-type")).isEqualTo("application/json");
    assertThat(new JsonObject(response.body())).isEqualTo(JsonObject.of("error", error));
  }

  @Test
  void aServerDescribesItself() throws Exception {
    open(node.echo(spec("m")));
    JsonObject server = new JsonObject(get("/v2").body());
    assertThat(server.getString("name")).isEqualTo("sparkwire");
    assertThat(server.getJsonArray("extensions")).isEqualTo(JsonArray.of("binary_tensor_data"));
    says("/v2/health/live", JsonObject.of("live", true));
    says("/v2/health/ready", JsonObject.of("ready", true, "live", true));
  }

  @Test
  void aModelIsAService() throws Exception {
    open(node.echo(spec("m")));
    JsonObject metadata =
        JsonObject.of(
            "name",
            "m",
            "versions",
            JsonArray.of("1"),
            "platform",
            "sparkwire",
            "inputs",
            new JsonArray(
                "[{\"name\":\"age\",\"datatype\":\"INT32\",\"shape\":[-1]},"
                    + "{\"name\":\"point\",\"datatype\":\"FP64\",\"shape\":[-1,2]},"
                    + "{\"name\":\"word\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                    + "{\"name\":\"ids\",\"datatype\":\"INT32\",\"shape\":[-1,2048]}]"),
            "outputs",
            new JsonArray(
                "[{\"name\":\"p\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                    + "{\"name\":\"out\",\"datatype\":\"FP32\",\"shape\":[-1,30]}]"));
    says("/v2/models/m", metadata);
    says("/v2/models/m/versions/1", metadata);
    says("/v2/models/m/ready", JsonObject.of("name", "m", "ready", true));
    says("/v2/models/m/versions/1/ready", JsonObject.of("name", "m", "ready", true));
  }

  @Test
  void aModelOrVersionThatThereIsNotIs404() throws Exception {
    open(node.echo(spec("m")));
    open(node.echo(TestSpec.of("json").protocols(ServiceProtocol.JSON).build()));
    isError(get("/v2/models/x"), 404, "there is no model 'x' here");
    isError(get("/v2/models/json"), 404, "there is no model 'json' here");
    isError(get("/v2/models/x/ready"), 404, "there is no model 'x' here");
    isError(ask("POST", "/v2/models/x/infer", "{}"), 404, "there is no model 'x' here");
    String other = "there is no model 'm' of version '2' here";
    isError(get("/v2/models/m/versions/2"), 404, other);
    isError(get("/v2/models/m/versions/2/ready"), 404, other);
    isError(ask("POST", "/v2/models/m/versions/2/infer", "{}"), 404, other);
  }

  @Test
  void pathsAndMethodsThatTheProtocolHasNotAreErrorsOfIt() throws Exception {
    open(node.echo(spec("m")));
    isError(get("/v2/nothing"), 404, "no service answers at '/v2/nothing'");
    isError(get("/v2/models/m/nothing"), 404, "no service answers at '/v2/models/m/nothing'");
    RawHttp.Response other = get("/v2/models/m/infer");
    isError(other, 405, "this path is served for POST, got GET");
    assertThat(other.headers().get("allow")).isEqualTo("OPTIONS, POST");
    assertThat(ask("OPTIONS", "/v2/models/m/infer", "").status()).isEqualTo(204);
    assertThat(get("/v3").headers().get("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void withoutTheProtocolItsPathsAreLikeAllOthers() throws Exception {
    open(node.echo(TestSpec.of("json").protocols(ServiceProtocol.JSON).build()));
    assertThat(get("/v2").headers().get("content-type")).isEqualTo("application/problem+json");
  }

  @Test
  void allServicesAreModelsOfOneServer() throws Exception {
    open(node.echo(spec("a")));
    Service failing = open(node.echo(TestSpec.of("b").build()));
    failing.failing(true);

    assertThat(new JsonArray(ask("POST", "/v2/repository/index", "{}").body()))
        .isEqualTo(
            JsonArray.of(
                JsonObject.of("name", "a", "version", "1", "state", "READY", "reason", ""),
                JsonObject.of("name", "b", "version", "1", "state", "UNAVAILABLE", "reason", "")));
    assertThat(get("/v2/health/ready").status()).isEqualTo(503);
    assertThat(get("/v2/models/b/ready").status()).isEqualTo(503);
    assertThat(get("/v2/models/a/ready").status()).isEqualTo(200);
  }

  @Test
  void aRequestHasTheFormatThatTheServiceReads() throws Exception {
    Service typed = open(node.silence(spec("m")));
    assertThat(taken("/v2/models/m/infer").format()).isEqualTo("v2");
    assertThat(taken("/v2/models/m/versions/1/infer").format()).isEqualTo("v2");
    typed.describe(SCHEMA.lenient());
    assertThat(taken("/v2/models/m/infer").format()).isEqualTo("v2-json");
    typed.describe(ServiceSchema.UNKNOWN.ofVersion(2));
    assertThat(taken("/v2/models/m/versions/2/infer").format()).isEqualTo("v2-json");
  }

  private ServiceRequest taken(String path) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.post(path, "{}");
      PendingRequest pending = null;
      while (pending == null) {
        Thread.onSpinWait();
        pending = node.taken.poll();
      }
      ServiceRequest request = pending.request();
      pending.answer(ServiceReply.ok("application/json", "{}".getBytes(UTF_8)));
      assertThat(http.receive().status()).isEqualTo(200);
      return request;
    }
  }

  @Test
  void failuresAreErrorsOfTheProtocol() throws Exception {
    ServiceFailure full = ServiceFailure.of(FailureCode.OVERLOADED, "there is no room");
    open(node.serve(spec("full"), request -> request.answer(full.toReply())));
    RawHttp.Response refused = ask("POST", "/v2/models/full/infer", "{}");
    isError(refused, 503, "there is no room");
    assertThat(refused.headers().get("retry-after")).isNotNull();
    isError(
        ask("POST", "/v2/models/full/infer", "x".repeat(1_001)),
        413,
        "the body may have 1000 bytes at most; send less at a time");
  }

  @Test
  void aReplyOfThePipelineThatIsAnErrorIsOne() throws Exception {
    ServiceReply teapot =
        new ServiceReply(
            418, "text/plain", List.of(new Header("X-Pot", "tea")), "no coffee".getBytes(UTF_8));
    open(node.serve(spec("m"), request -> request.answer(teapot)));
    RawHttp.Response response = ask("POST", "/v2/models/m/infer", "{}");
    isError(response, 418, "no coffee");
    assertThat(response.headers().get("x-pot")).isEqualTo("tea");
  }

  @Test
  void aServiceKeepsThePathsThatItHasItself() throws Exception {
    open(node.echo(TestSpec.of("m").path("/v2").methods(Set.of("GET")).build()));
    assertThat(ask("GET", "/v2", "mine").body()).isEqualTo("mine");
    assertThat(get("/v2/models/m").status()).isEqualTo(200);
  }
}
