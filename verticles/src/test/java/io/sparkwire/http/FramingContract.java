package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of HTTP/1.1 that RFC 9110 and RFC 9112 do not allow, and those that are similar. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FramingContract {

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private ServedNode node;
  private Service service;
  private int port;

  /** A node with one event loop. */
  abstract ServedNode start() throws IOException;

  /** A connection to one of its ports. */
  abstract RawHttp connect(int to) throws IOException;

  @BeforeAll
  void serve() throws IOException {
    node = start();
    service =
        node.serve(
            ServedNode.spec("s", "/s", ofSeconds(30), 100),
            r -> {
              taken.add(new String(r.request().body(), ISO_8859_1));
              r.answer(ServiceReply.ok("text/plain", r.request().body()));
            });
    port = node.listeners.open(service);
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @BeforeEach
  void forget() {
    taken.clear();
  }

  /** {@code ~} means the end of a line. */
  private static String bytes(String text) {
    return text.replace("~", "\r\n")
        .replace("\\0", "\0")
        .replace("\\x7f", "\u007f")
        .replace("\\r", "\r")
        .replace("\\n", "\n")
        .replace("\\t", "\t");
  }

  private static final String HEAD = "POST /s HTTP/1.1~Host: t~";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked~~";

  /** It gets that status and a problem document, the connection ends, and no request passes. */
  private RawHttp.Response refused(String text, int status) throws IOException {
    try (RawHttp http = connect(port)) {
      http.send(bytes(text) + "GET /hidden HTTP/1.1\r\nHost: t\r\n\r\n");
      RawHttp.Response response = http.receive();
      assertThat(response.status()).as(response.body()).isEqualTo(status);
      assertThat(response.headers())
          .containsEntry("content-type", "application/problem+json")
          .containsEntry("connection", "close");
      assertThat(http.isClosedByServer()).isTrue();
      assertThat(bodies()).isEmpty();
      return response;
    }
  }

  private List<String> bodies() {
    return List.copyOf(taken);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: xchunked~~5~hello~0~~",
        "Transfer-Encoding: chunked, identity~~5~hello~0~~",
        "Transfer-Encoding: chunked, chunked~~5~hello~0~~",
        "Transfer-Encoding: chunked~Transfer-Encoding: identity~~5~hello~0~~",
        "Transfer-Encoding: identity~~",
        "Transfer-Encoding:~~",
        "Transfer-Encoding: \"chunked\"~~0~~",
        "Transfer-Encoding: chunked;q=1~~0~~",
        "Transfer-Encoding : chunked~~0~~",
        "Content-Length: 3~Transfer-Encoding: chunked~~0~~",
        "Transfer-Encoding: chunked~Content-Length: 3~~0~~",
        "transfer-ENCODING: CHUNKED~content-LENGTH: 5~~0~~",
        "Content-Length: 3~Content-Length: 4~~abcd",
        "Content-Length: 3~Content-Length: 3~~abc",
        "Content-Length: 3, 3~~abc",
        "Content-Length: 3,4~~abcd",
        "Content-Length: +3~~abc",
        "Content-Length: -3~~",
        "Content-Length: 0x3~~abc",
        "Content-Length: 3 3~~abc",
        "Content-Length: 3;a~~abc",
        "Content-Length:~~",
        "Content-Length: 99999999999999999999~~",
        "Content-Length : 3~~abc",
        "Content-Length\\t: 3~~abc",
        "X-A~~",
        ": nothing~~",
        "X A: b~~",
        "X-(A): b~~",
        "X-A: a\\rb~~",
        "X-A: a\\0b~~",
        "X-A: a\\r~~",
        "X-A: b\\nX-B: c~~",
        "Host: u~~"
      })
  void aHeadThatCanBeReadInTwoWaysIsRefused(String fields) throws IOException {
    refused(HEAD + fields, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /s HTTP/1.0~Content-Length: 3~Transfer-Encoding: chunked~~0~~",
        "POST /s HTTP/1.0~Connection: keep-alive~Transfer-Encoding: chunked~~0~~",
        "POST /s HTTP/1.0~Connection: keep-alive~Content-Length: 3~Content-Length: 4~~abcd",
        "GET /s HTTP/1.0~Host: a~Host: b~~",
        "POST /s HTTP/1.1~~",
        "POST /s HTTP/1.1~Host:~~",
        "POST /s HTTP/1.1~Host: a b~~",
        "POST /s HTTP/1.1~Host: user@a~~",
        "POST /s HTTP/1.1~Host: a:b~~",
        "POST /s HTTP/1.1~Host: a/b~~",
        "POST /s HTTP/1.1~Host: a, b~~",
        "POST /s HTTP/1.1~Host: t~Transfer-Encoding:~ chunked~~",
        "POST /s HTTP/1.1~Host: t~Transfer-Encoding:~ chunked\\0~~",
        "POST /s HTTP/1.1~Host: t~Transfer-Encoding: chunked~ \\0~~",
        "POST /s HTTP/1.1~Host: t~Content-Length: 5~ \\0~~hello",
        "POST /s HTTP/1.1~Host: t~Content-Length:~ 5~~hello",
        "POST /s HTTP/1.1~Host: t~ \\0~~",
        "POST /s HTTP/1.1~Host: [::%]~~",
        "POST /s HTTP/1.1~Host: [::1%25lo]~~",
        "POST /s HTTP/1.1~Host: [::=]~~",
        "POST /s HTTP/1.1~Host: [:1]~~",
        "POST /s HTTP/1.1~Host: [::1~~",
        "POST /s HTTP/1.1~Host: []~~",
        "POST http://[::%]/s HTTP/1.1~Host: t~~",
        "POST /s HTTP/1.1~ Host: a~~",
        "GET /%zz HTTP/1.1~Host: t~~",
        "GET /s%2 HTTP/1.1~Host: t~~",
        "GET /s\\0 HTTP/1.1~Host: t~~",
        "GET /s\\\\x HTTP/1.1~Host: t~~",
        "GET s HTTP/1.1~Host: t~~",
        "GET * HTTP/1.1~Host: t~~",
        "GET ftp://a/s HTTP/1.1~Host: t~~",
        "GET http:///s HTTP/1.1~Host: t~~",
        "GET http://a b/s HTTP/1.1~Host: t~~",
        "GET /s~Host: t~~",
        "GET~~",
        "GET /s http/1.1~Host: t~~",
        "GET /s HTTP/1.1x~Host: t~~",
        "GET /s HTTPS/1.1~Host: t~~",
        "GET /s HTTP/1.1~Host: t~Sec-WebSocket-Key1: a~Sec-WebSocket-Key2: b~~",
        "G@T /s HTTP/1.1~Host: t~~",
        "\\x7fPOST /s HTTP/1.1~Host: t~~",
        "\\0POST /s HTTP/1.1~Host: t~~",
        "POST /s HTTP/1.1\\nHost: t\\n\\n"
      })
  void aRequestLineOrHostThatIsNoneIsRefused(String text) throws IOException {
    refused(text, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10000000b~hello world~0~~",
        "100000005~hello~0~~",
        "-5~hello~0~~",
        "0x5~hello~0~~",
        "5 ~hello~0~~",
        "~hello~0~~",
        "g~hello~0~~",
        "5~helloX~0~~",
        "5~hello\\n0~~",
        "5\\nhello~0~~",
        "5;a=\"~hello~0~~",
        "5;a\\nb~hello~0~~",
        "5;\\0~hello~0~~",
        "5~hello~0~X A: b~~",
        "5~hello~0~nocolon~~",
        "5~hello~0~X: a\\0b~~"
      })
  void aChunkThatIsNoneIsAnsweredAndEndsTheConnection(String body) throws IOException {
    refused(CHUNKED + body, 400);
  }

  @Test
  void codingsThatAreNotServedAre501() throws IOException {
    refused(HEAD + "Transfer-Encoding: gzip, chunked~~0~~", 501);
    refused(HEAD + "Transfer-Encoding: gzip~Transfer-Encoding: chunked~~0~~", 501);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/0.9"})
  void versionsThatAreNotServedAre505(String version) throws IOException {
    assertThat(refused("GET /s " + version + "~Host: t~~", 505).body()).contains(version);
  }

  @Test
  void whatIsTooLongIs414Or431() throws IOException {
    refused("GET /" + "a".repeat(5_000) + " HTTP/1.1~Host: t~~", 414);
    refused(HEAD + "X: " + "a".repeat(9_000) + "~~", 431);
    refused(HEAD + "X: a~".repeat(3_000) + "~", 431);
  }

  @ParameterizedTest
  @CsvSource({
    "POST /s HTTP/1.1~Host: t~Content-Length: 5~~hello, hello",
    "POST /s HTTP/1.1~host:t~content-length:05~~hello, hello",
    "POST /s HTTP/1.1~Host: t~Transfer-Encoding: chunked~~5~hello~0~~, hello",
    "POST /s HTTP/1.1~Host: t~Transfer-Encoding: CHUNKED~~0005~hello~000~~, hello",
    "POST /s HTTP/1.1~Host: t~Transfer-Encoding:\\tchunked \\t~~5~hello~0~~, hello",
    "POST /s HTTP/1.1~Host: t~Transfer-Encoding: chunked~~5;a=b;c=\"d;e\"~hello~0;x~X-T: 1~~,"
        + " hello",
    "POST /s HTTP/1.1~Host: t~Transfer-Encoding: chunked~~5 ;a~hello~0~~, hello",
    "~~POST /s HTTP/1.1~Host: t~Content-Length: 5~~hello, hello",
    "POST http://t/s HTTP/1.1~Host: u~Content-Length: 5~~hello, hello",
    "POST /s?a=%zz HTTP/1.1~Host: t~Content-Length: 5~~hello, hello",
    "POST /s HTTP/1.1~Host: [::1]:80~Content-Length: 5~~hello, hello",
    "POST /s HTTP/1.1~Host: [::ffff:127.0.0.1]~Content-Length: 5~~hello, hello",
    "POST /s HTTP/1.1~Host: EXAMPLE.com:~Content-Length: 5~~hello, hello",
    "POST /s HTTP/1.0~Content-Length: 5~~hello, hello"
  })
  void whatTheRulesAllowIsServed(String text, String body) throws IOException {
    try (RawHttp http = connect(port)) {
      RawHttp.Response response = http.send(bytes(text)).receive();
      assertThat(response.status()).as(response.body()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(body);
      assertThat(bodies()).containsExactly(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Xength", "Content-_ength", "content-kength", "XContent-Length"})
  void aNameThatIsAlikeFramesNothing(String name) throws IOException {
    try (RawHttp http = connect(port)) {
      http.send(bytes(HEAD + name + ": 5~~")).post("/s", "next");
      assertThat(http.receive().body()).isEmpty();
      assertThat(http.receive().body()).isEqualTo("next");
    }
  }

  @Test
  void aFaultIsAnsweredInItsTurn() throws IOException {
    try (RawHttp http = connect(port)) {
      http.post("/s", "one").post("/s", "two").send(bytes(CHUNKED + "zz~"));
      assertThat(http.receive().body()).isEqualTo("one");
      assertThat(http.receive().body()).isEqualTo("two");
      assertThat(http.receive().status()).isEqualTo(400);
      assertThat(http.isClosedByServer()).isTrue();
    }
    await().atMost(ofSeconds(10)).until(() -> service.inFlight() == 0);
  }

  @Test
  void aConnectionThatIsAskedToCloseIsClosed() throws IOException {
    for (String option : List.of("close", "x, close", "CLOSE", "close\r\nConnection: x")) {
      try (RawHttp http = connect(port)) {
        http.send("POST /s HTTP/1.1\r\nHost: t\r\nConnection: " + option + "\r\n\r\n");
        assertThat(http.receive().status()).isEqualTo(200);
        assertThat(http.isClosedByServer()).as(option).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: h2c~",
        "Upgrade: h2c~Connection: Upgrade~",
        "Upgrade: h2c~Connection: Upgrade, HTTP2-Settings~",
        "Upgrade: h2c~Connection: Upgrade, HTTP2-Settings~HTTP2-Settings: A~",
        "Upgrade: h2c~Connection: Upgrade, HTTP2-Settings~HTTP2-Settings: AAMAAABk~"
            + "HTTP2-Settings: AAMAAABk~",
        "Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==~"
      })
  void anUpgradeThatIsNotWholeIsIgnored(String fields) throws IOException {
    try (RawHttp http = connect(port)) {
      http.send(bytes(HEAD + fields + "Content-Length: 5~~hello"));
      assertThat(http.receive().body()).isEqualTo("hello");
      assertThat(http.post("/s", "more").receive().body()).isEqualTo("more");
    }
  }

  @Test
  void anUpgradeDoesNotSaveAHeadThatIsRefused() throws IOException {
    String upgrade = "Upgrade: h2c~Connection: Upgrade, HTTP2-Settings~HTTP2-Settings: AAMAAABk~";
    refused(HEAD + upgrade + "Content-Length: 3~Content-Length: 4~~abcd", 400);
    refused(HEAD + upgrade + "Transfer-Encoding: xchunked~~", 400);
  }

  @Test
  void aClientThatWillSendNoMoreGetsItsAnswers() throws IOException {
    try (RawHttp http = connect(port)) {
      http.post("/s", "one").post("/s", "two").endOutput();
      assertThat(http.receive().body()).isEqualTo("one");
      assertThat(http.receive().body()).isEqualTo("two");
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aBodyOrHeadThatIsCutOffIs400() throws IOException {
    for (String cut :
        List.of("Content-Length: 5~~hell", "Transfer-Encoding: chunked~~5~hel", "X-A: b~")) {
      try (RawHttp http = connect(port)) {
        http.send(bytes(HEAD + cut)).endOutput();
        assertThat(http.receive().status()).as(cut).isEqualTo(400);
        assertThat(http.isClosedByServer()).isTrue();
      }
    }
    await().atMost(ofSeconds(10)).until(() -> service.inFlight() == 0);
    assertThat(bodies()).isEmpty();
  }

  @Test
  void aClientThatWaitsHalfClosedIsAskedWhetherItIsThere() throws IOException {
    try (ServedNode slow = start()) {
      int at = slow.listeners.open(slow.silence(ServedNode.spec("w", "/w", ofSeconds(30), 10)));
      try (RawHttp http = connect(at)) {
        http.post("/w", "x").endOutput();
        assertThat(http.receive().status()).isEqualTo(100);
        PendingRequest waiting = slow.taken.remove();
        assertThat(waiting.isOpen()).isTrue();
        waiting.answer(ServiceReply.ok("text/plain", new byte[] {'y'}));
        RawHttp.Response response = http.receive();
        while (response.status() == 100) {
          response = http.receive();
        }
        assertThat(response.body()).isEqualTo("y");
        assertThat(http.isClosedByServer()).isTrue();
      }
    }
  }
}
