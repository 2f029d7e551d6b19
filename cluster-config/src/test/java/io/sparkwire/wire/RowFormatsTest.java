package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestRequest;
import io.sparkwire.message.TestSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatsTest {

  private static final ServiceSpec SERVICE = TestSpec.of("s").batch(3).build();

  private static ServiceRequest request(String contentType, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return TestRequest.number(1)
        .header("Content-Type", contentType)
        .body(bytes)
        .format(RowFormats.detect(contentType, bytes))
        .build();
  }

  private static List<String> rows(String contentType, String body) throws BadRowsException {
    ServiceRequest request = request(contentType, body);
    return RowFormats.of(request).rows(request, SERVICE).bodies().stream()
        .map(row -> new String(row, UTF_8))
        .toList();
  }

  private static ServiceReply reply(String contentType, ServiceReply... replies) {
    ServiceRequest request = request(contentType, "[]");
    return RowFormats.of(request).reply(request, SERVICE, List.of(replies));
  }

  private static ServiceReply json(String text) {
    return ServiceReply.ok("application/json", text.getBytes(UTF_8));
  }

  private static String text(ServiceReply reply) {
    return new String(reply.body(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                | [1]     | json-array
          application/json; charset=utf-8 | ' \n[1]'| json-array
          application/vnd.x+json          | [1]     | json-array
          application/json                | {}      | ''
          application/json                | ''      | ''
          text/plain                      | [1]     | ''
          application/x-ndjson            | {}      | json-lines
          Application/JSONL               | {}      | json-lines
          text/csv; header=absent         | a,b     | csv
          """)
  void theFormatFollowsFromTheContentType(String contentType, String body, String format) {
    assertThat(RowFormats.detect(contentType, body.getBytes(UTF_8))).isEqualTo(format);
  }

  @Test
  void withoutAContentTypeABodyIsJson() {
    assertThat(RowFormats.detect(null, "\uFEFF [".getBytes(UTF_8))).isEqualTo("json-array");
    assertThat(RowFormats.detect(null, "{}".getBytes(UTF_8))).isEqualTo(ServiceRequest.ONE_ROW);
  }

  @Test
  void elementsAreTakenAsTheyAre() throws BadRowsException {
    assertThat(rows("application/json", "\uFEFF[ {\"a\" : [1, {\"]\": 2}]} ,\n\"é,]\" , -1.50e3]"))
        .containsExactly("{\"a\" : [1, {\"]\": 2}]}", "\"é,]\"", "-1.50e3");
    assertThat(rows("application/json", "[]")).isEmpty();
    assertThat(rows("application/json", "[null,true,[]]")).containsExactly("null", "true", "[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[{]", "[1}", "[x]"})
  void whatIsNoArrayIsMalformed(String body) {
    assertThatThrownBy(() -> rows("application/json", body))
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.BAD_INPUT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json     | [1,2,3,4]
          application/x-ndjson | '1\n2\n3\n4'
          text/csv             | 'a\n1\n2\n3\n4'
          """)
  void moreRowsThanAllowedAreRefused(String contentType, String body) {
    assertThatThrownBy(() -> rows(contentType, body))
        .hasMessage("a request may have 3 rows at most; send fewer at a time")
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.BODY_TOO_LARGE));
  }

  @Test
  void linesWithoutTextAreNoRows() throws BadRowsException {
    assertThat(rows("application/x-ndjson", "{\"a\":1}\r\n \n{}\n"))
        .containsExactly("{\"a\":1}\r", "{}");
    assertThat(rows("application/x-ndjson", "")).isEmpty();
  }

  @Test
  void cellsOfCsvAreTexts() throws BadRowsException {
    assertThat(rows("text/csv", "a,b\r\n1,\"x\"\"\r\ny\"\r\n,\"\"\r\n"))
        .containsExactly("{\"a\":\"1\",\"b\":\"x\\\"\\ny\"}", "{\"a\":null,\"b\":\"\"}");
    assertThat(rows("text/csv;header=absent", "1, 2 \n")).containsExactly("[\"1\",\" 2 \"]");
  }

  @Test
  void aRecordOfAnotherLengthIsMalformed() {
    assertThatThrownBy(() -> rows("text/csv", "a,b\n1,2\n1\n"))
        .hasMessage("rows[1]: the header names 2 columns, got 1 cells")
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().members()).isEqualTo(Map.of("field", "rows[1]")));
  }

  @Test
  void repliesBecomeValues() {
    ServiceReply reply =
        reply(
            "application/json",
            new ServiceReply(
                201,
                "application/json",
                List.of(new Header("A", "1")),
                "{\"a\":1}".getBytes(UTF_8)),
            ServiceReply.ok("text/plain; charset=utf-8", "say \"é\"".getBytes(UTF_8)),
            ServiceReply.ok("text/plain; charset=utf-8", new byte[0]),
            ServiceReply.ok("application/octet-stream", new byte[] {1, 2, 3}),
            new ServiceReply(204, null, List.of(), new byte[0]));

    assertThat(text(reply)).isEqualTo("[{\"a\":1},\"say \\\"é\\\"\",\"\",\"AQID\",null]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.headers()).containsExactly(new Header("A", "1"));
  }

  @Test
  void linesGetLines() {
    ServiceReply reply = reply("application/x-ndjson", json("1"), json("{}"));

    assertThat(text(reply)).isEqualTo("1\n{}\n");
    assertThat(reply.contentType()).isEqualTo("application/x-ndjson");
    assertThat(text(reply("application/x-ndjson"))).isEmpty();
    assertThat(text(reply("application/json"))).isEqualTo("[]");
    assertThat(text(reply("text/csv", json("1")))).isEqualTo("[1]");
  }
}
