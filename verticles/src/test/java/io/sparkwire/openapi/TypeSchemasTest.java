package io.sparkwire.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.schema.Ddl;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeSchemasTest {

  private static JsonObject request(String type) {
    return TypeSchemas.REQUESTS.of(Ddl.type(type));
  }

  private static JsonObject reply(String type) {
    return TypeSchemas.REPLIES.of(Ddl.type(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TINYINT | {'type':'integer','format':'int8','minimum':-128,'maximum':127}",
        "BOOLEAN | {'type':'boolean'}",
        "STRING | {'type':'string'}",
        "DECIMAL(4,2) | {'type':'number','exclusiveMinimum':-100,'exclusiveMaximum':100,'multipleOf':0.01}",
        "DECIMAL(2,0) | {'type':'number','exclusiveMinimum':-100,'exclusiveMaximum':100,'multipleOf':1}",
        "ARRAY<BOOLEAN> | {'type':'array','items':{'type':['boolean','null']}}",
        "ARRAY<BOOLEAN>(9) |"
            + " {'type':'array','items':{'type':['boolean','null']},'minItems':9,'maxItems':9}",
        "MAP<STRING, STRING> |"
            + " {'type':'object','additionalProperties':{'type':['string','null']}}",
        "VARIANT | {'description':'Any'}",
        "ARRAY<VARIANT> | {'type':'array','items':{'description':'Any'}}",
      })
  void aRequestHasWhatStrictParsingReads(String type, String schema) {
    assertThat(request(type).encode()).isEqualTo(schema.replace('\'', '"'));
  }

  @Test
  void anObjectRequiresItsColumnsThatAreNotNull() {
    assertThat(request("a STRING NOT NULL,b STRUCT<c: BOOLEAN>").encode())
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},"
                + "\"b\":{\"type\":[\"object\",\"null\"],"
                + "\"properties\":{\"c\":{\"type\":[\"boolean\",\"null\"]}}}},"
                + "\"required\":[\"a\"]}");
  }

  @Test
  void aVectorIsAnArrayOfNumbers() {
    assertThat(request("VECTOR(3)"))
        .isEqualTo(
            new JsonObject()
                .put("type", "array")
                .put("items", request("DOUBLE"))
                .put("minItems", 3)
                .put("maxItems", 3));
    assertThat(request("VECTOR").fieldNames()).containsExactly("type", "items");
  }

  @Test
  void aReplyMayHaveNumbersThatJsonHasNot() {
    assertThat(reply("DOUBLE").encode())
        .isEqualTo(
            "{\"anyOf\":[{\"type\":\"number\",\"format\":\"double\"},"
                + "{\"enum\":[\"NaN\",\"Infinity\",\"-Infinity\"]}]}");
    assertThat(reply("ARRAY<FLOAT>").getJsonObject("items").getJsonArray("anyOf"))
        .contains(new JsonObject().put("type", "null"));
    assertThat(reply("DECIMAL(4,2)").encode()).isEqualTo("{\"type\":\"number\"}");
    assertThat(reply("DATE").encode()).isEqualTo("{\"type\":\"string\",\"format\":\"date\"}");
  }

  private static boolean allows(String type, String text) {
    return Pattern.compile(request(type).getString("pattern")).matcher(text).find();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31", "2024-02-29", "2000-02-29", "0000-02-29", "9999-12-31"})
  void aDateIsADayThatThereIs(String day) {
    assertThat(allows("DATE", day)).isTrue();
    assertThat(allows("TIMESTAMP_NTZ", day + "T23:59:59.123456789")).isTrue();
    assertThat(allows("TIMESTAMP", day + "T00:00:00-18:00")).isTrue();
    assertThat(allows("TIMESTAMP", day + "T00:00:00.1Z")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-1-01"})
  void anyOtherIsNone(String day) {
    assertThat(allows("DATE", day)).isFalse();
    assertThat(allows("TIMESTAMP_NTZ", day + "T00:00:00")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00:00Z", "00:60:00Z", "00:00:00+18:01", "00:00:00.Z", "00:00Z"})
  void neitherIsATimeOrZoneThatThereIsNot(String time) {
    assertThat(allows("TIMESTAMP", "2026-01-31T" + time)).isFalse();
  }

  @Test
  void binaryIsBase64WithPadding() {
    assertThat(allows("BINARY", "")).isTrue();
    assertThat(allows("BINARY", "AQ==")).isTrue();
    assertThat(allows("BINARY", "AQIDBA==")).isTrue();
    assertThat(allows("BINARY", "AQ")).isFalse();
    assertThat(allows("BINARY", "A Q=")).isFalse();
  }
}
