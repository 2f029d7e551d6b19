package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

  private final Bytes out = new Bytes(1);
  private final JsonWriter json = new JsonWriter(out);

  private String text() {
    return new String(out.array(), 0, out.size(), UTF_8);
  }

  private JsonObject read() {
    return new JsonObject(text());
  }

  private String written(String value) {
    out.clear();
    json.begin();
    json.text(LogField.VALUE, value);
    json.endLine();
    return read().getString("value");
  }

  private JsonObject written(byte[] value) {
    out.clear();
    json.begin();
    json.bytes(LogField.BODY, LogField.BODY_BASE64, value);
    json.endLine();
    return read();
  }

  @Test
  void aLineIsOneObjectWithItsFieldsInOrder() {
    json.begin();
    json.text(LogField.ID, "n1-7");
    json.begin(LogField.REQUEST);
    json.beginArray(LogField.HEADERS);
    json.endArray();
    json.number(LogField.BYTES, 0);
    json.end();
    json.text(LogField.FAILURE, null);
    json.number(LogField.ATTEMPTS, -1);
    json.time(LogField.TIME, 1_770_000_000_007L);
    json.endLine();
    json.begin();
    json.endLine();

    assertThat(text())
        .isEqualTo(
            "{\"id\":\"n1-7\",\"request\":{\"headers\":[],\"bytes\":0},\"failure\":null,"
                + "\"attempts\":null,\"time\":\"2026-02-02T02:40:00.007Z\"}\n{}\n");
  }

  @Test
  void objectsInAnArrayAreSeparated() {
    json.begin();
    json.beginArray(LogField.HEADERS);
    for (String name : new String[] {"a", "b"}) {
      json.begin();
      json.text(LogField.NAME, name);
      json.end();
    }
    json.endArray();
    json.endLine();

    assertThat(text()).isEqualTo("{\"headers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 1_234_567_890, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void aNumberIsReadBack(long number) {
    json.begin();
    json.number(LogField.BYTES, number);
    json.endLine();

    assertThat(read().getLong("bytes")).isEqualTo(number);
  }

  @Test
  void aRepeatedTextIsThatOfItsLine() {
    String[] values = {"a", "a", null, null, "", "b\"\n", "b\"\n", "a"};
    for (String value : values) {
      out.clear();
      json.begin();
      json.repeated(LogField.NAME, value);
      json.repeated(LogField.VALUE, "other");
      json.text(LogField.ID, value);
      json.endLine();

      assertThat(read().getMap())
          .containsEntry("name", value)
          .containsEntry("value", "other")
          .containsEntry("id", value);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 255, 256, 0x7fff_ffff_ffffL, Long.MAX_VALUE, -1})
  void anIdHasItsTextForm(long sequence) {
    RequestId id = new RequestId(new NodeId("n1"), sequence);
    json.begin();
    json.id(LogField.ID, id);
    json.id(LogField.VALUE, null);
    json.endLine();

    assertThat(text()).isEqualTo("{\"id\":\"" + id + "\",\"value\":null}\n");
  }

  @Test
  void aTextIsVisibleAscii() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      all.append((char) c);
    }
    all.append("\uD83D\uDE00").append("\uDC00\uD800");

    assertThat(written(all.toString())).isEqualTo(all.toString());
    assertThat(text().strip()).matches("[ -~]*");
  }

  @Test
  void aBodyThatIsTextIsReadBack() {
    Random random = new Random(1);
    for (int length = 0; length < 600; length++) {
      String body =
          random
              .ints(length, 0, Character.MAX_CODE_POINT + 1)
              .map(c -> random.nextBoolean() ? c & 0x7f : c)
              .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      JsonObject read = written(body.getBytes(UTF_8));

      assertThat(read.getString("body")).isEqualTo(body);
      assertThat(read.getValue("bodyBase64")).isNull();
      assertThat(text().indexOf('\n')).isEqualTo(text().length() - 1);
    }
  }

  @Test
  void aBodyThatIsNoTextIsInBase64() {
    byte[] body = {0, (byte) 0xff, 'a', (byte) 0xc3};
    JsonObject read = written(body);

    assertThat(read.getValue("body")).isNull();
    assertThat(Base64.getDecoder().decode(read.getString("bodyBase64"))).isEqualTo(body);
  }
}
