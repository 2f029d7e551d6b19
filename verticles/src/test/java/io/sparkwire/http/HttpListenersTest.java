package io.sparkwire.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.Header;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenersTest {

  private final ServedNode node = new ServedNode(2);

  @AfterEach
  void stop() {
    node.close();
  }

  private static ServiceSpec spec(String path) {
    return ServedNode.spec("s", path, ofSeconds(30), 100);
  }

  @Test
  void aRequestIsAnsweredWithTheRepliesOfItsService() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.post("/s", "hello").receive();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).containsEntry("content-type", "text/plain");
      assertThat(response.body()).isEqualTo("hello");
    }
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      http.post("/s", "one").post("/s", "two").post("/s", "three");
      assertThat(http.receive().body()).isEqualTo("one");
      assertThat(http.receive().body()).isEqualTo("two");
      assertThat(http.receive().body()).isEqualTo("three");
    }
  }

  @Test
  void http2IsSpokenInClearText() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/s"))
                    .POST(HttpRequest.BodyPublishers.ofString("two"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.body()).isEqualTo("two");
  }

  @Test
  void oneListenerServesManyServicesAndTheirPathParameters() throws Exception {
    ServiceSpec first = spec("/models/special");
    ServiceSpec second = TestSpec.of("p").path("/models/:name").build();
    int port = node.listeners.open(node.echo(first));
    node.listeners.open(
        node.serve(
            second,
            r ->
                r.answer(
                    ServiceReply.ok(
                        "text/plain",
                        r.request().pathParams().get("name").getBytes(StandardCharsets.UTF_8)))));
    try (RawHttp http = new RawHttp(port)) {
      assertThat(http.post("/models/special", "exact").receive().body()).isEqualTo("exact");
      assertThat(http.post("/models/pen%20guin", "any").receive().body()).isEqualTo("pen guin");
    }
  }

  @Test
  void severalPortsWorkAtOnce() throws Exception {
    int free = TestPorts.next(1);
    ServiceSpec other = TestSpec.of("o").port(free).build();
    int port = node.listeners.open(node.echo(spec("/s")));
    assertThat(node.listeners.open(node.echo(other))).isEqualTo(free).isNotEqualTo(port);
    try (RawHttp one = new RawHttp(port);
        RawHttp two = new RawHttp(free)) {
      assertThat(one.post("/s", "1").receive().body()).isEqualTo("1");
      assertThat(two.post("/o", "2").receive().body()).isEqualTo("2");
      assertThat(two.post("/s", "2").receive().status()).isEqualTo(404);
    }
  }

  @Test
  void aTakenPortIsReported() throws Exception {
    try (ServerSocket holder = new ServerSocket(0)) {
      ServiceSpec taken = TestSpec.of("t").port(holder.getLocalPort()).build();
      assertThatThrownBy(() -> node.listeners.open(node.echo(taken)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + holder.getLocalPort());
    }
  }

  @Test
  void aTakenPathIsReported() {
    node.listeners.open(node.echo(spec("/same")));
    ServiceSpec second = ServedNode.spec("second", "/same", ofSeconds(1), 1);
    assertThatThrownBy(() -> node.listeners.open(node.echo(second)))
        .hasMessageContaining("path '/same' is already served by 's'");
  }

  @Test
  void aClosedServiceIsUnknownAndItsPortFree() throws Exception {
    Service service = node.echo(spec("/s"));
    int port = node.listeners.open(service);
    node.listeners.close(service);
    await().atMost(ofSeconds(10)).untilAsserted(() -> new ServerSocket(port).close());
  }

  @Test
  void anUnknownPathIs404AsProblem() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.post("/nowhere", "x").receive();
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
      assertThat(response.body())
          .contains("urn:sparkwire:problem:unknown-path")
          .contains("no service answers at '/nowhere'");
      assertThat(http.post("/s", "still").receive().body()).isEqualTo("still");
    }
  }

  @Test
  void aWrongMethodIs405AndNamesTheRightOnes() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.send("GET /s HTTP/1.1\r\nHost: t\r\n\r\n").receive();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers()).containsEntry("allow", "OPTIONS, POST");
      assertThat(response.body()).contains("this path is served for POST, got GET");
    }
  }

  @Test
  void aBodyAnnouncedOverTheLimitIs413() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.post("/s", "x".repeat(1_001)).receive();
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).contains("the body may have 1000 bytes at most");
      assertThat(http.post("/s", "x".repeat(1_000)).receive().status()).isEqualTo(200);
    }
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void aChunkedBodyOverTheLimitIs413() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      http.send("POST /s HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "12c\r\n" + "x".repeat(300) + "\r\n";
      http.send(chunk).send(chunk).send(chunk).send(chunk);
      assertThat(http.receive().status()).isEqualTo(413);
      http.send("0\r\n\r\n");
      assertThat(http.post("/s", "good").receive().body()).isEqualTo("good");
    }
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void aChunkedBodyWithinTheLimitArrivesWhole() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      http.send("POST /s HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
      http.send("3\r\nabc\r\n").send("2\r\nde\r\n").send("1\r\nf\r\n0\r\n\r\n");
      assertThat(http.receive().body()).isEqualTo("abcdef");
    }
  }

  @Test
  void aClientThatSendsTooSlowlyIs408AndLetGo() throws Exception {
    int port = node.listeners.open(node.echo(ServedNode.spec("s", "/s", ofMillis(200), 10)));
    try (RawHttp http = new RawHttp(port)) {
      http.send("POST /s HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nhalf");
      RawHttp.Response response = http.receive();
      assertThat(response.status()).isEqualTo(408);
      assertThat(response.body()).contains("was not complete within 200 ms");
      assertThat(http.isClosedByServer()).isTrue();
    }
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void aRequestWithoutReplyIs504AtItsDeadline() throws Exception {
    Service service = node.silence(ServedNode.spec("s", "/s", ofMillis(200), 10));
    int port = node.listeners.open(service);
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.post("/s", "x").receive();
      assertThat(response.status()).isEqualTo(504);
      assertThat(response.body()).contains("did not reply within 200 ms");
    }
    PendingRequest late = node.taken.remove();
    assertThat(late.isOpen()).isFalse();
    assertThat(late.answer(ServiceReply.ok(null, new byte[0]))).isFalse();
    assertThat(service.counts().expired()).isEqualTo(1);
    assertThat(service.counts().lateAnswers()).isEqualTo(1);
    assertThat(service.inFlight()).isZero();
  }

  @Test
  void aClientThatHangsUpIsNotWaitedFor() throws IOException {
    Service service = node.silence(spec("/s"));
    int port = node.listeners.open(service);
    try (RawHttp http = new RawHttp(port)) {
      http.post("/s", "x");
      await().atMost(ofSeconds(10)).until(() -> !node.taken.isEmpty());
    }
    await().atMost(ofSeconds(10)).until(() -> !node.taken.peek().isOpen());
    assertThat(service.counts().abandoned()).isEqualTo(1);
    assertThat(service.inFlight()).isZero();
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void whatIsOverTheLimitInFlightIs503WithRetryAfter() throws Exception {
    Service service = node.silence(ServedNode.spec("s", "/s", ofSeconds(30), 2));
    int port = node.listeners.open(service);
    try (RawHttp one = new RawHttp(port);
        RawHttp two = new RawHttp(port);
        RawHttp three = new RawHttp(port)) {
      one.post("/s", "1");
      two.post("/s", "2");
      await().atMost(ofSeconds(10)).until(() -> node.taken.size() == 2);
      RawHttp.Response refused = three.post("/s", "3").receive();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      node.taken.forEach(r -> r.answer(ServiceReply.ok("text/plain", r.request().body())));
      assertThat(one.receive().body()).isEqualTo("1");
      assertThat(two.receive().body()).isEqualTo("2");
      node.taken.clear();
      three.post("/s", "4");
      await().atMost(ofSeconds(10)).until(() -> node.taken.size() == 1);
    }
  }

  @Test
  void theFirstAnswerWins() throws Exception {
    Service service =
        node.serve(
            spec("/s"),
            r -> {
              assertThat(r.answer(ServiceReply.ok("text/plain", new byte[] {'a'}))).isTrue();
              assertThat(r.answer(ServiceReply.ok("text/plain", new byte[] {'b'}))).isFalse();
            });
    int port = node.listeners.open(service);
    try (RawHttp http = new RawHttp(port)) {
      assertThat(http.post("/s", "x").receive().body()).isEqualTo("a");
    }
    await().atMost(ofSeconds(10)).until(() -> service.counts().lateAnswers() == 1);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aReplyWithAnIllegalHeaderIs500(HttpClient.Version version) throws Exception {
    ServiceReply illegal =
        new ServiceReply(
            201, "text/plain", List.of(new Header("X-A", "b\r\nX-C: d")), new byte[] {'x'});
    Service service = node.serve(spec("/s"), r -> r.answer(illegal));
    int port = node.listeners.open(service);
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(version)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/s"))
                    .timeout(ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("X-C")).isEmpty();
    assertThat(response.body()).contains("header field 'X-A' has a character");
    assertThat(service.inFlight()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, 2",
    "content-length, 200",
    "Transfer-Encoding, chunked",
    "Connection, close",
    "Keep-Alive, timeout=1",
    "Proxy-Connection, close",
    "Upgrade, h2c",
    "TE, trailers",
    "Trailer, X"
  })
  void aReplyCannotSpeakOfTheConnection(String name, String value) throws Exception {
    Header own = new Header("X-Own", " kept\t");
    ServiceReply reply =
        new ServiceReply(
            200, "text/plain", List.of(new Header(name, value), own), new byte[] {'a', 'b', 'c'});
    int port = node.listeners.open(node.serve(spec("/s"), r -> r.answer(reply)));
    try (RawHttp http = new RawHttp(port);
        FrameClient http2 = new FrameClient(port)) {
      for (int i = 0; i < 2; i++) {
        RawHttp.Response response = http.post("/s", "x").receive();
        assertThat(response.body()).isEqualTo("abc");
        assertThat(response.headers())
            .containsOnlyKeys("content-type", "content-length", "x-own")
            .containsEntry("content-length", "3");
      }
      http2.post(1, true, "/s");
      assertThat(http2.untilEnd(1)).anySatisfy(f -> assertThat(f.text()).isEqualTo("abc"));
      assertThat(http2.of(1)).noneMatch(f -> f.kind() == RawHttp2.RESET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "X-City, 東京",
    "X-Sign, €",
    "X-Face, 😀",
    "X-Line, a\\nb",
    "X-Nul, a\\0b",
    "X-Delete, a\\177b",
    "Content-Type, text/é€"
  })
  void aValueThatHttpCannotCarryIs500AndNamesTheField(String name, String value) throws Exception {
    String odd = value.translateEscapes();
    ServiceReply reply =
        new ServiceReply(200, "text/plain", List.of(new Header(name, odd)), new byte[] {'a'});
    int port = node.listeners.open(node.serve(spec("/s"), r -> r.answer(reply)));
    try (RawHttp http = new RawHttp(port);
        FrameClient http2 = new FrameClient(port)) {
      RawHttp.Response response = http.post("/s", "x").receive();
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.body()).contains("pipeline-failed").contains("'" + name + "'");
      http2.post(1, true, "/s");
      assertThat(http2.untilEnd(1))
          .anySatisfy(f -> assertThat(f.text()).contains("pipeline-failed").contains(name));
    }
  }

  @Test
  void aNameThatHttpDoesNotKnowIs500() throws Exception {
    for (String name : List.of("", "a b", ":status", "ü", "a:b")) {
      ServiceReply reply =
          new ServiceReply(200, null, List.of(new Header(name, "x")), new byte[] {'a'});
      Service service = node.serve(spec("/s"), r -> r.answer(reply));
      int port = node.listeners.open(service);
      try (RawHttp http = new RawHttp(port)) {
        assertThat(http.post("/s", "x").receive().status()).as(name).isEqualTo(500);
      }
      node.listeners.close(service);
    }
  }

  @Test
  void lettersOfLatin1ArriveInAValue() throws Exception {
    ServiceReply reply =
        new ServiceReply(200, null, List.of(new Header("X-Name", "Jürgen")), new byte[] {'a'});
    int port = node.listeners.open(node.serve(spec("/s"), r -> r.answer(reply)));
    try (RawHttp http = new RawHttp(port)) {
      assertThat(http.post("/s", "x").receive().headers()).containsEntry("x-name", "Jürgen");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void aStatusWithoutABodyHasNone(int status) throws Exception {
    ServiceReply reply = new ServiceReply(status, "text/plain", List.of(), new byte[] {'a', 'b'});
    int port = node.listeners.open(node.serve(spec("/s"), r -> r.answer(reply)));
    try (RawHttp http = new RawHttp(port);
        FrameClient http2 = new FrameClient(port)) {
      for (int i = 0; i < 2; i++) {
        assertThat(http.post("/s", "x").receive().status()).isEqualTo(status);
      }
      http2.post(1, true, "/s");
      assertThat(http2.untilEnd(1))
          .noneMatch(f -> f.kind() == RawHttp2.RESET)
          .noneMatch(f -> f.text().equals("ab"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST /nowhere, Content-Length: 5, 404",
    "PUT /s, Content-Length: 5, 405",
    "POST /s, Content-Length: 5000, 413",
    "POST /s, Content-Length: 5\\r\\nExpect: a-miracle, 417"
  })
  void aBodyIsNotAskedForInVain(String start, String field, int status) throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      String expect = field.contains("Expect") ? "" : "Expect: 100-continue\r\n";
      http.send(
          start + " HTTP/1.1\r\nHost: t\r\n" + expect + field.translateEscapes() + "\r\n\r\n");
      RawHttp.Response response = http.receive();
      assertThat(response.status()).isEqualTo(status);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyIsNotAskedForWhileThereIsNoRoomForIt() throws Exception {
    Service service = node.silence(ServedNode.spec("s", "/s", ofSeconds(30), 1));
    int port = node.listeners.open(service);
    try (RawHttp first = new RawHttp(port);
        RawHttp second = new RawHttp(port)) {
      String head =
          "POST /s HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n";
      assertThat(first.send(head).receive().status()).isEqualTo(100);
      first.send("hello");
      await().atMost(ofSeconds(10)).until(() -> !node.taken.isEmpty());
      assertThat(second.send(head).receive().status()).isEqualTo(503);
      node.taken.remove().answer(ServiceReply.ok("text/plain", new byte[] {'a'}));
      assertThat(first.receive().body()).isEqualTo("a");
    }
  }

  @Test
  void http10IsNotAskedForItsBody() throws Exception {
    int port = node.listeners.open(node.echo(spec("/s")));
    try (RawHttp http = new RawHttp(port)) {
      http.send("POST /s HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\na");
      assertThat(http.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void aStoppingServiceRefuses() throws Exception {
    Service service = node.echo(spec("/s"));
    int port = node.listeners.open(service);
    service.stopAdmitting();
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response = http.post("/s", "x").receive();
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body()).contains("service 's' is stopping");
    }
  }
}
