package io.sparkwire.httpclient.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private static List<String> elements(String text) {
    return JsonText.elements(text.getBytes(UTF_8)).stream()
        .map(element -> new String(element, UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "\"ü\"", " {\"a\": [1, {}]} ", "[]"})
  void oneValueIsAccepted(String text) {
    assertThatCode(() -> JsonText.check(text.getBytes(UTF_8))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | the body is empty, but JSON is expected",
        "1 2       | the body must be one JSON value, got more after it",
        "{\"a\":}  | the body is not valid JSON: ",
        "[1,2      | the body is not valid JSON: ",
        "nul       | the body is not valid JSON: "
      })
  void anythingElseIsRefusedWithItsReason(String text, String reason) {
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(() -> JsonText.check(text.getBytes(UTF_8)))
        .withMessageStartingWith(reason.strip());
  }

  @Test
  void theReasonNamesLineAndColumn() {
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(() -> JsonText.check("{\n \"a\": x}".getBytes(UTF_8)))
        .withMessageContaining("at line 2, column ");
  }

  @Test
  void elementsKeepTheirText() {
    assertThat(elements("[]")).isEmpty();
    assertThat(elements(" [ 1.50 ,\"a,]\\\"\", {\"b\": [ ]},null ]"))
        .containsExactly("1.50", "\"a,]\\\"\"", "{\"b\": [ ]}", "null");
  }

  @Test
  void elementsAreCutAtBytesNotAtCharacters() {
    assertThat(elements("[\"äöü€😀\",\"x\"]")).containsExactly("\"äöü€😀\"", "\"x\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "{}", "[1", "[1] 2", "[1,]"})
  void onlyAnArrayHasElements(String text) {
    assertThatExceptionOfType(InvalidBodyException.class).isThrownBy(() -> elements(text));
  }
}
