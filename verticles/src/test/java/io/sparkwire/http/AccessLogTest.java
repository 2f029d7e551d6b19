package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.auth.TestClients;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log, over real sockets. */
class AccessLogTest {

  @TempDir private Path directory;

  private final List<Integer> statuses = new ArrayList<>();
  private ServedNode node;
  private Path file;

  private void start(Map<String, String> options) {
    file = directory.resolve("access.log");
    Map<String, String> all = new HashMap<>(options);
    all.put("access-log", file.toString());
    node = new ServedNode(all);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> lines(int count) throws IOException {
    await().atMost(ofSeconds(20)).until(() -> Files.readAllLines(file).size() >= count);
    return Files.readAllLines(file);
  }

  private List<JsonObject> requests(int count) throws IOException {
    return lines(count).stream().map(JsonObject::new).toList();
  }

  private JsonObject request() throws IOException {
    return requests(1).get(0);
  }

  private int echo() {
    return node.listeners.open(node.echo(TestSpec.of("s").build()));
  }

  /** Notes the status that a client got. */
  private RawHttp.Response ask(int port, String request) throws IOException {
    RawHttp.Response response = node.connect(port).send(request).receive();
    statuses.add(response.status());
    return response;
  }

  private static String head(String method, String path, String... fields) {
    String more = List.of(fields).stream().map(f -> f + "\r\n").collect(Collectors.joining());
    return method + " " + path + " HTTP/1.1\r\nHost: test\r\n" + more + "\r\n";
  }

  @Test
  void everyResponseIsALineWithTheStatusThatItsClientGot() throws Exception {
    start(Map.of("body-timeout", "100ms"));
    int port = echo();
    TestSpec failing = TestSpec.of("bad").timeout(ofMillis(50)).maxInFlight(1);
    assertThat(node.listeners.open(node.silence(failing.build()))).isEqualTo(port);
    node.listeners.open(
        node.serve(
            TestSpec.of("late").build(),
            r -> r.answer(ServiceFailure.of(FailureCode.BAD_INPUT, "no").toReply())));
    node.listeners.open(
        node.serve(
            TestSpec.of("wrong").build(),
            r -> r.answer(ServiceReply.ok("text/plain", new byte[1]).with(new Header("a b", "")))));

    ask(port, head("POST", "/s", "Content-Length: 2") + "hi"); // 200
    ask(port, head("POST", "/late", "Content-Length: 2") + "hi"); // 400
    ask(port, head("POST", "/wrong", "Content-Length: 2") + "hi"); // 500, made of a 200
    ask(port, head("POST", "/bad", "Content-Length: 2") + "hi"); // 504
    ask(port, head("POST", "/nothing")); // 404
    ask(port, head("PUT", "/s")); // 405
    ask(port, head("POST", "/s", "Content-Length: 2000")); // 413
    ask(port, head("POST", "/s", "Content-Encoding: br", "Content-Length: 1")); // 415
    ask(port, head("POST", "/s", "Expect: cake", "Content-Length: 1")); // 417
    ask(port, head("POST", "/s", "Content-Length: 2") + "h"); // 408
    ask(port, head("GET", "/openapi.json")); // 200
    ask(port, head("GET", "/docs/")); // 200
    ask(port, "GET / HTTP/3.0\r\nHost: test\r\n\r\n"); // 505
    ask(port, "nonsense\r\n\r\n"); // 400
    for (Version version : Version.values()) {
      statuses.add(new ClientCalls(port, version).post("/s", new byte[1]).statusCode());
    }

    assertThat(statuses)
        .containsExactly(
            200, 400, 500, 504, 404, 405, 413, 415, 417, 408, 200, 200, 505, 400, 200, 200);
    assertThat(requests(statuses.size()))
        .extracting(line -> line.getInteger("status"))
        .containsExactlyInAnyOrderElementsOf(statuses);
  }

  @Test
  void aRefusalForLackOfRoomHasTheStatusThatTheServicePrefers() throws Exception {
    start(Map.of());
    int port = node.listeners.open(node.silence(TestSpec.of("s").maxInFlight(1).build()));
    RawHttp held = node.connect(port).post("/s", "1");
    await().atMost(ofSeconds(20)).until(() -> node.taken.size() == 1);
    RawHttp.Response refused = node.connect(port).post("/s", "2").receive();
    JsonObject line = request();
    node.taken.remove().answer(ServiceReply.ok("text/plain", new byte[0]));

    assertThat(held.receive().status()).isEqualTo(200);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(line.getInteger("status")).isEqualTo(503);
    assertThat(line.getString("failure")).isEqualTo("overloaded");
    assertThat(line.getString("service")).isEqualTo("s");
    assertThat(line.getString("id")).isNull();
  }

  @Test
  void aLineSaysWhatBecameOfTheRequest() throws Exception {
    start(Map.of());
    ServiceReply reply =
        ServiceReply.ok("text/plain", "hello".getBytes(UTF_8))
            .with(new Header("Sparkwire-Version", "v2"));
    int port =
        node.listeners.open(
            node.serve(
                TestSpec.of("s").build(),
                request -> {
                  request.taken();
                  request.answer(reply);
                }));
    Instant before = Instant.now();
    ask(port, head("POST", "/s?secret=1", "X-Request-Id: mine", "Content-Length: 0"));
    JsonObject line = request();

    assertThat(Instant.parse(line.getString("time")))
        .isBetween(before.minusSeconds(1), Instant.now());
    assertThat(line.getString("id")).startsWith("n1-");
    assertThat(line.getLong("totalMicros")).isBetween(0L, 20_000_000L);
    assertThat(line.getLong("pipelineMicros")).isBetween(0L, line.getLong("totalMicros"));
    assertThat(line.getLong("queueMicros")).isBetween(0L, line.getLong("totalMicros"));
    List.of("time", "id", "queueMicros", "pipelineMicros", "totalMicros").forEach(line::remove);
    assertThat(line.encode())
        .isEqualTo(
            "{\"requestId\":\"mine\",\"node\":\"n1\",\"service\":\"s\",\"version\":\"v2\","
                + "\"remote\":\"127.0.0.1\",\"principal\":null,\"method\":\"POST\",\"path\":\"/s\","
                + "\"protocol\":\"HTTP/1.1\",\"status\":200,\"failure\":null,\"bytes\":5,"
                + "\"worker\":\"n1\",\"attempts\":1}");
  }

  @Test
  void bytesAreThoseOfTheBodyAsItWasSent() throws Exception {
    start(Map.of());
    TestSpec spec = TestSpec.of("s");
    int port =
        node.listeners.open(
            node.serve(
                spec.build(), r -> r.answer(ServiceReply.ok("text/plain", new byte[100_000]))));
    RawHttp.Response sent =
        ask(port, head("POST", "/s", "Accept-Encoding: gzip", "Content-Length: 0"));

    assertThat(sent.header("content-encoding")).isEqualTo("gzip");
    assertThat(request().getLong("bytes")).isEqualTo(Long.parseLong(sent.header("content-length")));
  }

  @Test
  void aClientThatLeavesIsALineWithStatus499() throws Exception {
    start(Map.of());
    int port = node.listeners.open(node.silence(TestSpec.of("s").build()));
    try (RawHttp http = new RawHttp(port)) {
      http.post("/s", "x");
      await().atMost(ofSeconds(20)).until(() -> node.taken.size() == 1);
    }

    JsonObject line = request();
    assertThat(line.getInteger("status")).isEqualTo(499);
    assertThat(line.getString("service")).isEqualTo("s");
    assertThat(line.getString("id")).isEqualTo(node.taken.remove().request().id().toString());
  }

  @Test
  void aKeptRequestIsALineOfItsClientAndNoneOfItsComputation() throws Exception {
    start(Map.of());
    ReplyRetention retention = new ReplyRetention(Duration.ofMinutes(1), Duration.ofMinutes(1));
    int port = node.listeners.open(node.echo(TestSpec.of("s").retention(retention).build()));
    RawHttp.Response accepted =
        ask(port, head("POST", "/s", "Prefer: respond-async", "Content-Length: 1") + "x");
    String place = accepted.header("location");
    await().atMost(ofSeconds(20)).until(() -> ask(port, head("GET", place)).status() == 200);
    ask(port, head("POST", "/s", "Idempotency-Key: \"k\"", "Content-Length: 1") + "x");

    assertThat(requests(statuses.size()))
        .extracting(line -> line.getInteger("status"))
        .containsExactlyElementsOf(statuses);
  }

  @Test
  void aKnownClientIsNamedAndOneThatIsNotIsRefused() throws Exception {
    TestClients clients = new TestClients(directory);
    String key = clients.add("alice", "serve:s");
    String other = clients.add("bob", "serve:other");
    start(clients.options());
    int port = echo();
    ask(port, head("POST", "/s", "X-API-Key: " + key, "Content-Length: 0"));
    ask(port, head("POST", "/s", "X-API-Key: " + other, "Content-Length: 0"));
    ask(port, head("POST", "/s", "Content-Length: 0"));
    ask(port, head("GET", "/openapi.json", "X-API-Key: " + key));

    assertThat(requests(4))
        .extracting(
            line ->
                line.getInteger("status")
                    + " "
                    + line.getString("principal")
                    + " "
                    + line.getString("failure"))
        .containsExactly(
            "200 alice null", "403 null forbidden", "401 null unauthenticated", "200 alice null");
    assertThat(Files.readString(file)).doesNotContain(key).doesNotContain(other);
  }

  @Test
  void theCombinedFormatIsThatOfWebServersWithMoreBehind() throws Exception {
    start(Map.of("access-log-format", "combined"));
    int port = echo();
    ask(
        port,
        head(
                "POST",
                "/s?a=b",
                "User-Agent: a \"quoted\" \\ \u00fc agent",
                "Referer: http://x/",
                "Content-Length: 2")
            + "hi");

    assertThat(lines(1).get(0))
        .matches(
            "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                + " \"POST /s\\?a=b HTTP/1\\.1\" 200 2 \"http://x/\""
                + " \"a \\\\\"quoted\\\\\" \\\\\\\\ \\\\xc3\\\\xbc agent\""
                + " id=n1-\\w+ request-id=- node=n1 service=s version=- worker=- failure=-"
                + " attempts=0 queue=- pipeline=- total=\\d+");
  }

  @Test
  void aFileThatWasMovedAwayIsFollowedByANewOne() throws Exception {
    start(Map.of());
    int port = echo();
    ask(port, head("POST", "/s", "Content-Length: 0"));
    requests(1);
    Path moved = directory.resolve("access.log.1");
    Files.move(file, moved);
    await()
        .atMost(ofSeconds(20))
        .until(
            () -> {
              ask(port, head("POST", "/s", "Content-Length: 0"));
              return Files.exists(file);
            });
    node.close();

    List<String> all = new ArrayList<>(Files.readAllLines(moved));
    all.addAll(Files.readAllLines(file));
    assertThat(all).hasSameSizeAs(statuses).allMatch(line -> line.endsWith("}"));
  }
}
