package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriPartsTest {

  private static String queryParam(String uri, String name) {
    UTF8String value =
        new UriParts().queryParam(UTF8String.fromString(uri), UTF8String.fromString(name));
    return value == null ? null : value.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/s?a=1, a, 1",
    "/s?b=2&a=1, a, 1",
    "/s?a=1&a=2, a, 1",
    "/s?a=, a, ''",
    "/s?a, a, ''",
    "/s?a=b=c, a, b=c",
    "/s?a=pen+guin, a, pen guin",
    "/s?a=pen%20guin, a, pen guin",
    "/s?a=%C3%BC%F0%9F%98%80, a, ü😀",
    "/s?%C3%BC=1, ü, 1",
    "/s?a=1%262, a, 1&2",
    "/?a=/x?y, a, /x?y",
    "/s?a=1#f, a, 1",
    "/s?a=1;b=2, a, 1;b=2",
    "/s?b=;&a=x;y;&c, a, x;y;",
    "/s?;a=1, ;a, 1",
  })
  void aParameterIsItsFirstValueDecoded(String uri, String name, String value) {
    assertThat(queryParam(uri, name)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s?", "/s?b=1", "/s?A=1", "/a=1", "/s?ba=1", "/s?b=a"})
  void aUriWithoutTheParameterHasNull(String uri) {
    assertThat(queryParam(uri, "a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s?a=%", "/s?a=%2", "/s?a=%zz", "/s?%=1&a=1", "/s?a=1&b=%f"})
  void aQueryThatCannotBeDecodedHasNoParameters(String uri) {
    assertThat(queryParam(uri, "a")).isNull();
  }
}
