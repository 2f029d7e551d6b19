package io.sparkwire.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.dispatch.Service;
import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    ServiceSpec second = ServedNode.spec("p", "/models/:name", ofSeconds(30), 100);
    int port = node.listeners.open(node.echo(first));
    ServiceSpec samePort =
        new ServiceSpec(
            second.name(),
            "127.0.0.1",
            0,
            second.path(),
            Set.of("POST"),
            100,
            1_000,
            ofSeconds(30));
    node.listeners.open(
        node.serve(
            samePort,
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
    int free = freePort();
    ServiceSpec other =
        new ServiceSpec("o", "127.0.0.1", free, "/o", Set.of("POST"), 10, 10, ofSeconds(1));
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
  void aTakenPortIsSaidSo() throws Exception {
    try (ServerSocket holder = new ServerSocket(0)) {
      ServiceSpec taken =
          new ServiceSpec(
              "t", "127.0.0.1", holder.getLocalPort(), "/t", Set.of("POST"), 1, 1, ofSeconds(1));
      assertThatThrownBy(() -> node.listeners.open(node.echo(taken)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + holder.getLocalPort());
    }
  }

  @Test
  void aTakenPathIsSaidSo() {
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
      assertThat(response.headers()).containsEntry("allow", "POST");
      assertThat(response.body()).contains("this path is served for POST, but GET came");
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
    assertThat(response.body()).contains("has a header field that HTTP does not allow");
    assertThat(service.inFlight()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"Content-Length, 2", "content-length, 200", "Transfer-Encoding, chunked"})
  void aReplyCannotSayWhereItsBodyEnds(String name, String value) throws Exception {
    ServiceReply reply =
        new ServiceReply(
            200, "text/plain", List.of(new Header(name, value)), new byte[] {'a', 'b', 'c'});
    int port = node.listeners.open(node.serve(spec("/s"), r -> r.answer(reply)));
    try (RawHttp http = new RawHttp(port)) {
      for (int i = 0; i < 2; i++) {
        RawHttp.Response response = http.post("/s", "x").receive();
        assertThat(response.body()).isEqualTo("abc");
        assertThat(response.headers()).doesNotContainKey("transfer-encoding");
      }
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
