package io.sparkwire.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.ServiceReply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames of HTTP/2 that RFC 9113 does not allow, and refusals that must leave other streams alone.
 */
class Http2FramingTest {

  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;

  private static ServedNode node;
  private static int port;

  @BeforeAll
  static void start() {
    node = new ServedNode(1);
    port =
        node.listeners.open(
            node.serve(
                ServedNode.spec("s", "/s", ofSeconds(30), 3),
                r -> {
                  node.taken.add(r);
                  r.answer(ServiceReply.ok("text/plain", r.request().body()));
                }));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void forget() {
    node.taken.clear();
  }

  private static void served(FrameClient http, int stream, String body) throws IOException {
    assertThat(http.untilEnd(stream))
        .anySatisfy(f -> assertThat(f.text()).isEqualTo(body))
        .noneMatch(f -> f.kind() == RawHttp2.RESET);
    assertThat(http.hasGoAway()).isFalse();
  }

  /** Names and values in turn, divided by {@code |}; instead of a whole head if it has a method. */
  private static String[] fields(String text) {
    String all =
        text.contains(":method") || text.startsWith("!")
            ? text.replaceFirst("^!", "")
            : ":method|POST|:scheme|http|:path|/s|:authority|t|" + text;
    return all.replace("\\0", "\0").replace("\\r", "\r").replace("\\n", "\n").split("\\|", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x|a\\rb",
        "x|a\\nb",
        "x|a\\0b",
        "x|a\\r\\nHost: b",
        "x| a",
        "x|a ",
        "x\\r\\ny|a",
        "x\\0|a",
        "x y|a",
        "x:y|a",
        "X|a",
        "|a",
        "connection|close",
        "keep-alive|x",
        "proxy-connection|x",
        "transfer-encoding|chunked",
        "upgrade|h2c",
        "te|gzip",
        "content-length|1|content-length|2",
        "content-length|+1",
        "content-length|a",
        "host|other",
        "host|t|host|t",
        ":path|/s",
        ":unknown|x",
        ":status|200",
        "x|a|:late|b",
        ":method|POST|:scheme|http|:path|/s\\r\\nX: y|:authority|t",
        ":method|POST|:scheme|http|:path|/s\\0|:authority|t",
        ":method|POST|:scheme|http|:path|/s x|:authority|t",
        ":method|POST|:scheme|http|:path|/%zz|:authority|t",
        ":method|POST|:scheme|http|:path|s|:authority|t",
        ":method|POST|:scheme|http|:path|http://t/s|:authority|t",
        ":method|POST|:scheme|http|:path|*|:authority|t",
        ":method|POST|:scheme|http|:path||:authority|t",
        ":method|POST|:scheme|http|:authority|t",
        ":method|POST|:path|/s|:authority|t",
        "!:scheme|http|:path|/s|:authority|t",
        ":method|PO ST|:scheme|http|:path|/s|:authority|t",
        ":method||:scheme|http|:path|/s|:authority|t",
        ":method|POST|:scheme|http|:path|/s",
        ":method|POST|:scheme|http|:path|/s|:authority|",
        ":method|POST|:scheme|http|:path|/s|:authority|a b",
        ":method|POST|:scheme|http|:path|/s|:authority|[::%]",
        ":method|POST|:scheme|http|:path|/s|:authority|user@t"
      })
  void aMalformedHeadEndsItsStreamAlone(String text) throws IOException {
    try (FrameClient http = new FrameClient(port)) {
      http.post(1, false, "/s").data(1, false, "he");
      http.head(3, false, fields(text));
      List<RawHttp2.Frame> end = http.untilEnd(3);
      if (end.stream().noneMatch(f -> f.kind() == RawHttp2.RESET)) {
        assertThat(end).anySatisfy(f -> assertThat(f.text()).contains("malformed-request"));
        http.await(3, RawHttp2.RESET);
      }
      assertThat(http.await(3, RawHttp2.RESET).error()).isEqualTo(PROTOCOL_ERROR);
      http.data(1, true, "llo");
      served(http, 1, "hello");
      assertThat(node.taken).hasSize(1);
    }
  }

  @Test
  void aBodyOfAnotherLengthThanAnnouncedEndsItsStreamAlone() throws IOException {
    try (FrameClient http = new FrameClient(port)) {
      http.post(1, false, "/s").data(1, false, "he");
      http.post(3, false, "/s", "content-length", "9").data(3, true, "short");
      assertThat(http.await(3, RawHttp2.RESET).error()).isEqualTo(PROTOCOL_ERROR);
      http.post(5, false, "/s", "content-length", "2").data(5, true, "long");
      assertThat(http.await(5, RawHttp2.RESET).error()).isEqualTo(PROTOCOL_ERROR);
      http.data(1, true, "llo");
      served(http, 1, "hello");
      assertThat(node.taken).hasSize(1);
    }
  }

  @Test
  void whatTheRulesAllowIsServed() throws IOException {
    try (FrameClient http = new FrameClient(port)) {
      http.post(1, false, "/s", "te", "trailers", "x", "", "y", "ü\tz", "content-length", "1");
      http.data(1, true, "a");
      served(http, 1, "a");
      http.head(3, true, fields(":method|POST|:scheme|http|:path|/s?a=%zz|host|t"));
      http.untilEnd(3);
      http.post(5, false, "/s").data(5, false, "b");
      http.head(5, true, "x-trailer", "c");
      served(http, 5, "b");
      assertThat(node.taken).hasSize(3);
    }
  }

  @Test
  void aRefusalOfAnUnfinishedBodyResetsItsStreamAlone() throws IOException {
    try (ServedNode slow = new ServedNode(1)) {
      int at = slow.listeners.open(slow.echo(ServedNode.spec("t", "/t", ofMillis(1_500), 2)));
      try (FrameClient http = new FrameClient(at)) {
        http.post(1, false, "/t").data(1, false, "he");
        refused(http.post(3, false, "/nowhere"), 3, "unknown-path");
        refused(http.post(5, false, "/t", "content-length", "5000"), 5, "body-too-large");
        refused(http.post(7, false, "/t", "expect", "the-moon"), 7, "expectation-failed");
        http.head(9, false, fields(":method|PUT|:scheme|http|:path|/t|:authority|t"));
        refused(http, 9, "method-not-allowed");
        http.post(11, false, "/t").data(11, false, "slow");
        http.data(1, true, "llo");
        served(http, 1, "hello");
        refused(http, 11, "request-timeout");
        http.post(17, false, "/t").data(17, true, "still");
        served(http, 17, "still");
      }
    }
  }

  @Test
  void aRefusalForLackOfRoomResetsItsStreamAlone() throws IOException {
    try (ServedNode busy = new ServedNode(1)) {
      int at = busy.listeners.open(busy.silence(ServedNode.spec("b", "/b", ofSeconds(30), 1)));
      try (FrameClient http = new FrameClient(at)) {
        http.post(1, true, "/b");
        await().atMost(ofSeconds(10)).until(() -> !busy.taken.isEmpty());
        refused(http.post(3, false, "/b"), 3, "overloaded");
        busy.taken.remove().answer(ServiceReply.ok("text/plain", new byte[] {'y'}));
        served(http, 1, "y");
      }
    }
  }

  private static void refused(FrameClient http, int stream, String type) throws IOException {
    assertThat(http.untilEnd(stream)).anySatisfy(f -> assertThat(f.text()).contains(type));
    assertThat(http.await(stream, RawHttp2.RESET).error()).isEqualTo(NO_ERROR);
  }

  @Test
  void aBodyThatIsAskedForIsAskedForOnce() throws IOException {
    try (FrameClient http = new FrameClient(port)) {
      http.post(1, false, "/s", "expect", "100-continue");
      http.await(1, RawHttp2.HEADERS);
      assertThat(http.of(1)).hasSize(1).noneMatch(RawHttp2.Frame::isEnd);
      http.data(1, true, "asked");
      served(http, 1, "asked");
    }
  }
}
