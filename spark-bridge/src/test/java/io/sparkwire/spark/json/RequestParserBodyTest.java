package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not one JSON object in UTF-8, and how they are refused. */
class RequestParserBodyTest {
  private final ParserProbe penguins = ParserProbe.of("species STRING NOT NULL, sex STRING");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``         | the body is empty, but one JSON object is expected",
        "` \t\r\n ` | the body is empty, but one JSON object is expected",
        "[{}]       | the body must be one JSON object, got an array",
        "'text'     | the body must be one JSON object, got a string \"text\"",
        "12         | the body must be one JSON object, got the number 12",
        "true       | the body must be one JSON object, got the boolean true",
        "null       | the body must be one JSON object, got null",
        "{} {}      | the body must be one JSON object, got more after it",
        "{}1        | the body must be one JSON object, got more after it",
      })
  void aBodyThatIsNotOneObjectIsRefused(String body, String message) {
    BadInputException refusal = ParserProbe.of("a INT").refusal(body);

    assertThat(refusal).hasMessage(message);
    assertThat(refusal.field()).isNull();
    assertThat(refusal.expected()).isEqualTo("one JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{'a'",
        "{'a':",
        "{'a':1",
        "{'a':1,",
        "{'a':1,}",
        "{,}",
        "{'a' 1}",
        "{'a':1 'b':2}",
        "{'a':'x",
        "{'a':'\\q'}",
        "{'a':'\\u12'}",
        "{'a':'\t'}",
        "{a:1}",
        "{'a':01}",
        "{'a':+1}",
        "{'a':.5}",
        "{'a':1.}",
        "{'a':1e}",
        "{'a':0x1}",
        "{'a':NaN}",
        "{'a':Infinity}",
        "{'a':-Infinity}",
        "{'a':tru}",
        "{'a':nulll}",
        "{'a':None}",
        "{'a':[1,]}",
        "{'a':[1}",
        "{'a':1}}",
        "{'a':1}]",
        "{'a':1},",
        "{'a':1} x",
        "{/**/}",
        "{'a':1} // x",
        "{'a':1}\uFEFF",
        "\uFEFF\uFEFF{'a':1}",
        "{\uFEFF'a':1}",
      })
  void whatIsNotJsonIsRefusedInKnownAndUnknownFields(String body) {
    for (String schema : new String[] {"a STRING", "a DOUBLE", "a ARRAY<INT>", "b INT"}) {
      BadInputException refusal = ParserProbe.of(schema).refusal(body);

      assertThat(refusal.getMessage()).doesNotContain("Source:", "REDACTED");
    }
    BadInputException refusal = ParserProbe.of("b INT").refusal(body);
    assertThat(refusal).hasMessageStartingWith("the body is not valid JSON: ");
    assertThat(refusal.field()).isNull();
    assertThat(refusal.expected()).isNull();
    assertThat(refusal.found()).isNull();
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(ParserProbe.of("a INT").parse("\uFEFF{'a':1}").getInt(0)).isEqualTo(1);
    assertThat(ParserProbe.of("a INT").parse("\uFEFF \n{'a':1}").getInt(0)).isEqualTo(1);
    assertThat(penguins.refusal("\uFEFF"))
        .hasMessage("the body is empty, but one JSON object is expected");
    assertThat(penguins.refusal("\uFEFF[]"))
        .hasMessage("the body must be one JSON object, got an array");
    for (byte[] utf16 : List.of("{}".getBytes(UTF_16), new byte[] {(byte) 0xFF, (byte) 0xFE})) {
      assertThat(penguins.refusal(utf16))
          .hasMessage("the body is not valid JSON: it is not UTF-8 text");
    }
  }

  @Test
  void malformedJsonIsRefusedWithItsPlace() {
    assertThat(penguins.refusal("{'species':'A',\n 'sex' 3}"))
        .hasMessage(
            "the body is not valid JSON: Unexpected character ('3' (code 51)): was expecting a"
                + " colon to separate field name and value at line 2, column 8");
    assertThat(penguins.refusal("{'species':'A'"))
        .hasMessage(
            "the body is not valid JSON: Unexpected end-of-input: expected close marker for Object"
                + " (start marker at line 1, column 1) at line 1, column 15");
    assertThat(penguins.refusal("{'species':'A']"))
        .hasMessage(
            "the body is not valid JSON: Unexpected close marker ']': expected '}' (for Object"
                + " starting at line 1, column 1) at line 1, column 15");
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedEvenInUnknownFields() {
    int[][] wrong = {
      {0xFF},
      {0xC3},
      {0xC0, 0x80},
      {0xED, 0xA0, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80}
    };
    for (int[] bytes : wrong) {
      byte[] body = "{\"comment\":\"12345678    \",\"species\":\"Adelie\"}".getBytes(UTF_8);
      for (int at = 0; at < bytes.length; at++) {
        body[20 + at] = (byte) bytes[at];
      }
      assertThat(penguins.refusal(body))
          .hasMessage("the body is not valid JSON: it is not UTF-8 text");
    }
    assertThat(penguins.refusal("{}".getBytes(UTF_16LE)).field()).isNull();
    assertThat(penguins.refusal("{}".getBytes(UTF_16BE)).field()).isNull();
  }

  @Test
  void nestingIsBounded() {
    String deep = "{'x':" + "[".repeat(999) + "]".repeat(999) + ",'species':'Adelie'}";
    assertThat(penguins.parse(deep).getString(0)).isEqualTo("Adelie");

    String tooDeep = "{'x':" + "[".repeat(1000) + "]".repeat(1000) + ",'species':'Adelie'}";
    assertThat(penguins.refusal(tooDeep))
        .hasMessageStartingWith("the body is not valid JSON: Document nesting depth (1001)");
  }

  @Test
  void everyBeginningOfABodyIsRefused() {
    ParserProbe probe = ParserProbe.of("a ARRAY<DOUBLE>, b STRUCT<c: STRING>, d MAP<STRING, INT>");
    byte[] good = ParserProbe.bytes("{'a':[1.5,2],'x':[{}],'b':{'c':'ü'},'d':{'k':1}}");
    for (int length = 0; length < good.length; length++) {
      assertThat(probe.refusal(Arrays.copyOf(good, length)).field()).isNull();
    }
  }

  @Test
  void anyBytesEndInARowOrInBadInput() {
    ParserProbe probe =
        ParserProbe.of(
            "a INT, b DOUBLE NOT NULL, c STRUCT<d: STRING, e: ARRAY<DECIMAL(5,2)>>, f MAP<STRING,"
                + " BIGINT>, g TIMESTAMP, h BINARY");
    byte[] good =
        ("{\"a\":1.0,\"b\":2e3,\"c\":{\"d\":\"ü😀\",\"e\":[1.25,null]},\"f\":{\"k\":9},"
                + "\"g\":\"2026-01-31T12:30:00Z\",\"h\":\"aGk=\"}")
            .getBytes(UTF_8);
    byte[] alphabet = "{}[],:\"\\0123456789.eE+-tfn uZ=\u00FC\u0000".getBytes(UTF_8);
    Random random = new Random(20260131);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int change = 0; change <= round % 4; change++) {
        body[random.nextInt(body.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      probe.parseOrRefuse(body);
    }
  }
}
