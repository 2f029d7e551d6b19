package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private static final String RESPONSE =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{\"value\":1}";

  private final ResponseParser parser = new ResponseParser(0);

  @Test
  void readsStatusAndBody() throws ProtocolException {
    assertThat(feed(RESPONSE)).isTrue();

    assertThat(parser.status()).isEqualTo(200);
    assertThat(parser.body()).isEqualTo("{\"value\":1}");
  }

  @Test
  void aResponseThatComesByteByByteIsCompleteWithItsLast() throws ProtocolException {
    for (int i = 0; i < RESPONSE.length() - 1; i++) {
      assertThat(feed(RESPONSE.substring(i, i + 1))).isFalse();
    }

    assertThat(feed("}")).isTrue();
    assertThat(parser.body()).isEqualTo("{\"value\":1}");
  }

  @Test
  void aResponseMayBeSplitAnywhere() throws ProtocolException {
    for (int cut = 1; cut < RESPONSE.length(); cut++) {
      assertThat(feed(RESPONSE.substring(0, cut))).isFalse();
      assertThat(feed(RESPONSE.substring(cut))).isTrue();
      assertThat(parser.body()).isEqualTo("{\"value\":1}");
      parser.next();
    }
  }

  @Test
  void bytesAfterAResponseBeginTheNextOne() throws ProtocolException {
    feed(RESPONSE + "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nfu");
    assertThat(parser.body()).isEqualTo("{\"value\":1}");

    parser.next();
    assertThat(parser.isComplete()).isFalse();
    assertThat(parser.status()).isEqualTo(503);

    assertThat(feed("ll")).isTrue();
    assertThat(parser.body()).isEqualTo("full");
  }

  @Test
  void aWholeResponseAfterAnotherIsCompleteAtOnce() throws ProtocolException {
    feed(RESPONSE + RESPONSE.replace("1}", "2}"));

    parser.next();

    assertThat(parser.isComplete()).isTrue();
    assertThat(parser.body()).isEqualTo("{\"value\":2}");
  }

  @Test
  void anEmptyBodyIsComplete() throws ProtocolException {
    assertThat(feed("HTTP/1.1 404 Not Found\r\nCONTENT-LENGTH:0\r\n\r\n")).isTrue();

    assertThat(parser.body()).isEmpty();
  }

  @Test
  void aResponseWithoutContentIsCompleteWithItsHead() throws ProtocolException {
    assertThat(feed("HTTP/1.1 204 No Content\r\nx: y\r\n\r\n" + RESPONSE)).isTrue();
    assertThat(parser.status()).isEqualTo(204);
    assertThat(parser.body()).isEmpty();

    parser.next();
    assertThat(parser.body()).isEqualTo("{\"value\":1}");
  }

  @Test
  void aHeaderThatOnlyEndsLikeContentLengthIsAnother() throws ProtocolException {
    feed("HTTP/1.1 200 OK\r\nx-content-length: 1\r\ncontent-length: 2\r\n\r\nok");

    assertThat(parser.body()).isEqualTo("ok");
  }

  @Test
  void aMissingContentLengthIsAnErrorThatShowsTheHead() {
    assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("without content-length")
        .hasMessageContaining("transfer-encoding: chunked");
  }

  @Test
  void aContentLengthThatIsNoNumberIsAnError() {
    assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void anythingButHttpIsAnError() {
    assertThatThrownBy(() -> feed("SSH-2.0-OpenSSH\r\n\r\n")).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aResponseLargerThanTheBufferIsAnError() {
    int length = ResponseParser.CAPACITY;
    assertThatThrownBy(
            () ->
                feed(
                    "HTTP/1.1 200 OK\r\ncontent-length: "
                        + length
                        + "\r\n\r\n"
                        + "x".repeat(length)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("larger");
  }

  private boolean feed(String text) throws ProtocolException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int room = Math.min(bytes.length, parser.space().remaining());
    parser.space().put(bytes, 0, room);
    return parser.received(room);
  }
}
