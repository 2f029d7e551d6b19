package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes between nodes: what is written today must be read by every node of this version. */
class WireFormatTest {

  private static final String GOLDEN_REQUEST =
      "00000002 6e31 0000000000000102" // id
          + "00000001 73" // service
          + "00000004 504f5354" // method
          + "00000009 2f732f373f783dc3a9" // uri
          + "00000008 485454502f312e31" // protocol version
          + "0000000000000abc" // received at
          + "00000001 41 00000001 31 00000001 41 00000001 32 ffffffff" // headers
          + "00000002 6964 00000001 37 ffffffff" // path parameters
          + "00000003 00ff7f" // body
          + "00000003 637376"; // format

  private static final String GOLDEN_REPLY =
      "000000c9" // status
          + "0000000a 746578742f706c61696e" // content type
          + "00000001 00000001 42 00000000" // headers
          + "00000002 6869"; // body

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static ServiceRequest request() {
    return TestRequest.number(0x102)
        .uri("/s/7?x=é")
        .header("A", "1")
        .header("A", "2")
        .pathParams(Map.of("id", "7"))
        .body(new byte[] {0, -1, 127})
        .format("csv")
        .receivedAt(0xabc)
        .build();
  }

  @Test
  void aRequestHasTheseBytes() {
    Buffer written = Buffer.buffer();
    RequestCodec.write(request(), new WireWriter(written));

    assertThat(written.getBytes()).isEqualTo(bytes(GOLDEN_REQUEST));
  }

  @Test
  void theseBytesAreThatRequest() {
    ServiceRequest read = RequestCodec.read(reader(GOLDEN_REQUEST));

    assertThat(read.id()).isEqualTo(request().id());
    assertThat(read.service()).isEqualTo("s");
    assertThat(read.method()).isEqualTo("POST");
    assertThat(read.uri()).isEqualTo("/s/7?x=é");
    assertThat(read.protocolVersion()).isEqualTo("HTTP/1.1");
    assertThat(read.headers().getAll("a")).containsExactly("1", "2");
    assertThat(read.pathParams()).isEqualTo(Map.of("id", "7"));
    assertThat(read.body()).containsExactly(0, -1, 127);
    assertThat(read.format()).isEqualTo("csv");
    assertThat(read.receivedAtMicros()).isEqualTo(0xabc);
  }

  @Test
  void theSubjectOfAClientTravels() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add(ServiceRequest.CLIENT_SUBJECT, "CN=J\u00fcrgen");
    ServiceRequest sent = request();
    Buffer written = Buffer.buffer();
    RequestCodec.write(
        new ServiceRequest(
            sent.id(),
            sent.service(),
            sent.method(),
            sent.uri(),
            sent.protocolVersion(),
            headers,
            sent.pathParams(),
            sent.body(),
            sent.format(),
            sent.receivedAtMicros()),
        new WireWriter(written));

    ServiceRequest read = RequestCodec.read(new WireReader(written, 0));
    assertThat(read.headers().get(ServiceRequest.CLIENT_SUBJECT)).isEqualTo("CN=J\u00fcrgen");
  }

  private static WireReader reader(String hex) {
    return new WireReader(Buffer.buffer(bytes(hex)), 0);
  }

  @Test
  void aReplyHasTheseBytes() {
    Buffer written = Buffer.buffer();
    byte[] body = "hi".getBytes(StandardCharsets.UTF_8);
    ReplyCodec.write(
        new ServiceReply(201, "text/plain", List.of(new Header("B", "")), body),
        new WireWriter(written));

    assertThat(written.getBytes()).isEqualTo(bytes(GOLDEN_REPLY));
  }

  @Test
  void theseBytesAreThatReply() {
    ServiceReply read = ReplyCodec.read(reader(GOLDEN_REPLY));

    assertThat(read.status()).isEqualTo(201);
    assertThat(read.contentType()).isEqualTo("text/plain");
    assertThat(read.headers()).containsExactly(new Header("B", ""));
    assertThat(read.body()).asString().isEqualTo("hi");
  }

  @Test
  void aReplyMayHaveNoContentType() {
    Buffer written = Buffer.buffer();
    ReplyCodec.write(new ServiceReply(204, null, List.of(), new byte[0]), new WireWriter(written));

    assertThat(ReplyCodec.read(new WireReader(written, 0)).contentType()).isNull();
  }

  @Test
  void whatIsCutShortIsNotRead() {
    for (int length = 0; length < bytes(GOLDEN_REPLY).length; length++) {
      Buffer cut = Buffer.buffer(bytes(GOLDEN_REPLY)).slice(0, length);
      assertThatThrownBy(() -> ReplyCodec.read(new WireReader(cut, 0)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void anotherVersionIsNotRead() {
    assertThatThrownBy(() -> reader("01").checkVersion())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "expected a message of version 5, got version 1; all nodes of a cluster"
                + " must speak the same");
  }
}
