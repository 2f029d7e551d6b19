package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of a listener, and the page to try its services. */
class OpenApiTest {

  private static final String BODY =
      "a INT NOT NULL,`b c` DECIMAL(9,2),d DATE,e TIMESTAMP,f TIMESTAMP_NTZ,g BINARY,"
          + "h ARRAY<STRUCT<i: BIGINT NOT NULL, j: MAP<STRING, FLOAT>>>,k VECTOR(3) NOT NULL";

  private final ServedNode node = new ServedNode(2);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private Service open(TestSpec spec) {
    Service service = node.echo(spec.build());
    port = node.listeners.open(service);
    return service;
  }

  private RawHttp.Response get(String path) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send("GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n").receive();
    }
  }

  private JsonObject document() throws IOException {
    RawHttp.Response response = get("/openapi.json");
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-cache");
    return new JsonObject(response.body());
  }

  private static JsonObject at(JsonObject object, String... names) {
    JsonObject found = object;
    for (String name : names) {
      found = found.getJsonObject(name);
    }
    return found;
  }

  /** A service of every option. */
  private static TestSpec ofAll(String name) {
    return TestSpec.of(name)
        .path("/models/:id/" + name)
        .methods(Set.of("POST", "GET", "PURGE"))
        .batch(5)
        .responses("no-row", "404", "overload-status", "429", "server-timing", "on")
        .retention(new ReplyRetention(Duration.ofHours(1), Duration.ofHours(1)))
        .schema(BODY, "x DOUBLE");
  }

  private void openAll() {
    open(TestSpec.of("plain"));
    open(TestSpec.of("text").schema("", "STRING"));
    open(TestSpec.of("bytes").schema("`a``b` INT", "BINARY"));
    open(TestSpec.of("rows").batch(3).schema("a INT,b STRING", "STRING"));
    open(ofAll("all"));
  }

  @Test
  void itIsADocumentOfOpenApi() throws Exception {
    openAll();
    JsonObject document = document();

    assertThat(document.getString("openapi")).isEqualTo("3.1.0");
    assertThat(document.getJsonObject("info").getString("version")).matches("\\d+\\.\\d+\\.\\d+.*");
    SchemaRepository schemas =
        OpenAPIVersion.V3_1.getRepository(node.node.vertx(), "app://").await();
    OutputUnit checked =
        OpenAPIVersion.V3_1.validateContract(node.node.vertx(), schemas, document).await();
    assertThat(checked.getValid()).as(checked.toJson().encode()).isTrue();
  }

  private static List<String> operations(JsonObject document) {
    return document.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .filter(member -> member.getValue() instanceof JsonObject)
        .map(member -> ((JsonObject) member.getValue()).getString("operationId"))
        .toList();
  }

  @Test
  void everyOperationOfEachServiceIsInIt() throws Exception {
    openAll();

    assertThat(operations(document()))
        .filteredOn(id -> !id.startsWith("v2"))
        .containsExactlyInAnyOrder(
            "plain.post",
            "text.post",
            "bytes.post",
            "rows.post",
            "all.get",
            "all.post",
            "all.requests.get",
            "all.requests.delete",
            "models.plain.invocations",
            "models.plain.invoke",
            "models.text.invocations",
            "models.text.invoke",
            "models.bytes.invocations",
            "models.bytes.invoke",
            "models.rows.invocations",
            "models.rows.invoke",
            "models.all.invocations",
            "models.all.invoke",
            "ping",
            "health",
            "version");
  }

  @Test
  void anExampleIsWhatTheSchemaAllows() throws Exception {
    openAll();
    JsonObject document = document();
    JsonObject body =
        at(
            document,
            "paths",
            "/models/{id}/all",
            "post",
            "requestBody",
            "content",
            "application/json");
    JsonSchema schema =
        JsonSchema.of(
            document
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("all.request"));
    OutputUnit checked =
        Validator.create(
                schema, new JsonSchemaOptions().setBaseUri("app://").setDraft(Draft.DRAFT202012))
            .validate(body.getJsonObject("example"));

    assertThat(checked.getValid()).as(checked.toJson().encode()).isTrue();
  }

  @Test
  void itHasTheResponsesThatTheOptionsBring() throws Exception {
    openAll();
    JsonObject document = document();

    assertThat(at(document, "paths", "/plain", "post", "responses").fieldNames())
        .containsExactly(
            "200", "204", "400", "408", "413", "414", "415", "417", "431", "500", "501", "503",
            "504", "505", "default");
    assertThat(at(document, "paths", "/models/{id}/all", "post", "responses").fieldNames())
        .contains("202", "404", "409", "422", "429");
    assertThat(
            at(document, "paths", "/models/{id}/all", "post", "responses", "429", "headers")
                .fieldNames())
        .containsExactly("X-Request-Id", "Server-Timing", "Retry-After");
    assertThat(at(document, "paths", "/models/{id}/all/.requests/{sparkwireRequest}").fieldNames())
        .containsExactly("parameters", "delete", "get");
  }

  @Test
  void aKeyIsOneThatTheServiceReads() throws Exception {
    openAll();
    JsonObject key =
        at(document(), "paths", "/models/{id}/all", "post")
            .getJsonArray("parameters")
            .getJsonObject(1);
    Pattern pattern = Pattern.compile(key.getJsonObject("schema").getString("pattern"));

    assertThat(key.getString("name")).isEqualTo("Idempotency-Key");
    assertThat(List.of("\"a b\"", "8e03978e-40d5", "\"a\\\"b\\\\c\"", "\";,\""))
        .allMatch(allowed -> pattern.matcher(allowed).find());
    assertThat(List.of("", "\"\"", "\"a", "a\"", "\"a\\b\"", "a b", "a,b", "\"ä\""))
        .noneMatch(refused -> pattern.matcher(refused).find());
  }

  private static Set<String> types(JsonObject document, String path, String status) {
    return at(document, "paths", path, "post", "responses", status, "content").fieldNames();
  }

  @Test
  void itHasTheMediaTypesOfRepliesAndRequests() throws Exception {
    openAll();
    JsonObject document = document();

    assertThat(types(document, "/plain", "200")).containsExactly("*/*");
    assertThat(types(document, "/text", "200")).containsExactly("text/plain");
    assertThat(types(document, "/bytes", "200")).containsExactly("application/octet-stream");
    assertThat(types(document, "/rows", "200"))
        .containsExactlyInAnyOrder("text/plain", "application/json", "application/x-ndjson");
    assertThat(types(document, "/plain", "503")).containsExactly("application/problem+json");

    JsonObject rows = at(document, "paths", "/rows", "post", "requestBody");
    assertThat(rows.getJsonObject("content").fieldNames()).containsExactly("application/json");
    assertThat(rows.getString("description"))
        .contains("`application/x-ndjson`", "`text/csv`")
        .endsWith(": 3");
  }

  @Test
  void itFollowsTheSchemaOfTheService() throws Exception {
    Service service = open(TestSpec.of("s").schema("a INT", "x INT"));
    assertThat(at(document(), "components", "schemas", "s.request", "properties").fieldNames())
        .containsExactly("a");

    service.describe(new ServiceSchema("b INT", "x INT"));
    assertThat(at(document(), "components", "schemas", "s.request", "properties").fieldNames())
        .containsExactly("b");
  }

  @Test
  void pathsOfOneShapeAreOne() throws Exception {
    open(TestSpec.of("post").path("/m/:a").methods(Set.of("POST")));
    open(TestSpec.of("put").path("/m/:b").methods(Set.of("PUT")));

    assertThat(at(document(), "paths").fieldNames()).contains("/m/{a}").doesNotContain("/m/{b}");
    assertThat(at(document(), "paths", "/m/{a}").fieldNames())
        .containsExactly("parameters", "post", "put");
  }

  @Test
  void thePageAndAllThatItLinksToAreHere() throws Exception {
    open(TestSpec.of("s"));
    RawHttp.Response page = get("/docs");
    assertThat(page.headers())
        .containsEntry("content-type", "text/html; charset=utf-8")
        .containsEntry("cache-control", "no-cache")
        .hasEntrySatisfying(
            "content-security-policy", policy -> assertThat(policy).contains("default-src 'self'"));

    List<String> links =
        Pattern.compile("(?:href|src)=\"([^\"]+)\"")
            .matcher(page.body())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(links).hasSize(4).allMatch(link -> link.startsWith("/docs/"));
    for (String link : links) {
      RawHttp.Response file = get(link);
      assertThat(file.status()).as(link).isEqualTo(200);
      assertThat(file.body()).as(link).isNotEmpty();
      assertThat(file.headers().get("content-type"))
          .isEqualTo(
              link.endsWith(".js")
                  ? "text/javascript; charset=utf-8"
                  : link.endsWith(".css") ? "text/css; charset=utf-8" : "image/png");
      assertThat(file.headers().get("cache-control"))
          .isEqualTo(
              link.equals("/docs/docs.js") ? "no-cache" : "public, max-age=31536000, immutable");
    }
  }

  @Test
  void nothingElseOfTheClassPathIsHere() throws Exception {
    open(TestSpec.of("s"));
    for (String path :
        List.of(
            "/docs/index.html",
            "/docs/docs.html",
            "/docs/versions.properties",
            "/docs/..%2fversions.properties",
            "/docs/%2e%2e/OpenApiEndpoints.class",
            "/docs/5.35.0/../docs.html")) {
      assertThat(get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aServiceWithoutDocsIsNotDescribed() throws Exception {
    Service hidden = open(TestSpec.of("hidden").withoutDocs());
    assertThat(get("/openapi.json").status()).isEqualTo(404);
    assertThat(get("/docs").status()).isEqualTo(404);

    open(TestSpec.of("shown"));
    assertThat(document().encode()).contains("/shown").doesNotContain("hidden");
    assertThat(hidden.spec().route().docs()).isFalse();
  }

  @Test
  void aServiceOfAnotherProtocolHasNoPathOfItsOwn() throws Exception {
    open(TestSpec.of("scoring").protocols(ServiceProtocol.MLFLOW));

    assertThat(at(document(), "paths").fieldNames())
        .containsExactly(
            "/invocations",
            "/models/scoring/invocations",
            "/models/scoring/invoke",
            "/ping",
            "/health",
            "/version");
  }

  @Test
  void aServiceKeepsThePathsOfThePage() throws Exception {
    open(TestSpec.of("docs").methods(Set.of("GET")));

    assertThat(get("/docs").headers()).containsEntry("content-type", "text/plain");
    assertThat(at(document(), "paths", "/docs", "get").getString("operationId"))
        .isEqualTo("docs.get");
  }

  @Test
  void theOpenInferenceProtocolIsDescribedWithTensorsOfOneRow() throws Exception {
    open(TestSpec.of("m").schema(BODY + ",l ARRAY<FLOAT>(20)", "x DOUBLE"));
    open(TestSpec.of("n").protocols(ServiceProtocol.JSON));
    JsonObject paths = document().getJsonObject("paths");
    JsonObject body =
        at(paths, "/v2/models/m/infer", "post", "requestBody", "content", "application/json");

    assertThat(paths.fieldNames())
        .contains("/v2", "/v2/health/live", "/v2/health/ready", "/v2/repository/index")
        .contains("/v2/models/m", "/v2/models/m/ready")
        .noneMatch(path -> path.startsWith("/v2/models/n"));
    assertThat(body.getJsonObject("example").getJsonArray("inputs"))
        .map(JsonObject.class::cast)
        .extracting(
            input ->
                input.getString("name")
                    + ' '
                    + input.getString("datatype")
                    + ' '
                    + input.getJsonArray("shape")
                    + ' '
                    + input.getJsonArray("data").size())
        .containsExactly(
            "a INT32 [1] 1",
            "b c FP64 [1] 1",
            "d BYTES [1] 1",
            "e BYTES [1] 1",
            "f BYTES [1] 1",
            "g BYTES [1] 1",
            "h BYTES [1] 1",
            "k FP64 [1,3] 3",
            "l FP32 [1,20] 20");
    assertThat(at(paths, "/v2/models/m/infer", "post", "responses", "400", "content").fieldNames())
        .contains("application/json");
  }
}
