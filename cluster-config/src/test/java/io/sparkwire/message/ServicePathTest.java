package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/                   | /",
        "/a                  | /a",
        "/a/                 | /a",
        "/a/:id/b            | /a/:id/b",
        "/a b                | /a%20b",
        "/a%20b              | /a%20b",
        "/caf\u00E9           | /caf%C3%A9",
        "/caf%c3%A9          | /caf%C3%A9",
        "/\u65E5\u672C         | /%E6%97%A5%E6%9C%AC",
        "/\uD83D\uDE80         | /%F0%9F%9A%80",
        "/%41%2db            | /A-b",
        "/v1/m:predict       | /v1/m:predict",
        "/%3Aid              | /%3Aid",
        "/a%2fb              | /a%2Fb",
        "/100%25             | /100%25",
        "/a%2Ab              | /a%2Ab",
        "/a%3Fb%23c          | /a%3Fb%23c",
        "/(x)+$[y]{z}        | /(x)+$%5By%5D%7Bz%7D",
        "/a\\Eb              | /a%5CEb",
      })
  void eachSpellingHasOneForm(String spelling, String normal) {
    assertThat(new ServicePath(spelling).text()).isEqualTo(normal);
    assertThat(new ServicePath(normal).text()).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a            | be a path that starts with '/'",
        "http://h/a   | be a path that starts with '/'",
        "//           | have no empty segment",
        "/a//b        | have no empty segment",
        "/a?b=c       | have %3F for '?', %23 for '#'",
        "/a#b         | have %3F for '?', %23 for '#'",
        "/a/*         | have no '*': :name matches a segment, %2A for '*'",
        "/:x/:x       | name each parameter once",
        "/:           | have parameters as in /:id, of letters, digits and '_'",
        "/:a-b        | have parameters as in /:id, of letters, digits and '_'",
        "/:a:b        | have parameters as in /:id, of letters, digits and '_'",
        "/./a         | have no segment '.' or '..', which clients resolve",
        "/a/%2e%2E    | have no segment '.' or '..', which clients resolve",
        "/100%        | have %XX for a byte, and %25 for '%'",
        "/a%g1        | have %XX for a byte, and %25 for '%'",
        "/a%0Ab       | have no control characters",
        "/%FF         | be UTF-8",
        "/\uD83D       | be UTF-8",
      })
  void aPathThatNoRequestCouldHaveIsRefused(String wrong, String duty) {
    assertThatThrownBy(() -> new ServicePath(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'path' must " + duty + ", got '" + wrong + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a          | /a         | true",
        "/a          | /a/        | true",
        "/a          | /A         | false",
        "/a.b        | /axb       | false",
        "/           | /          | true",
        "/a b        | /a%20b     | true",
        "/caf\u00E9   | /caf%c3%a9 | true",
        "/caf\u00E9   | /caf%C3%A9/| true",
        "/caf\u00E9   | /caf\u00C3\u00A9 | true",
        "/caf\u00E9   | /cafe      | false",
        "/a+b        | /a%2bb     | true",
        "/a+b        | /aab       | false",
        "/m:predict  | /m:predict | true",
        "/m:predict  | /m%3apredict | true",
        "/m:predict  | /manything | false",
        "/a%2Fb      | /a%2fb     | true",
        "/a%2Fb      | /a/b       | false",
        "/:x/b       | /any%20/b  | true",
        "/:x/b       | /a/b/c     | false",
        "/:x/b       | //b        | false",
        "/a\\Eb      | /a%5cEb    | true",
      })
  void allSpellingsOfItAreFound(String path, String requested, boolean found) {
    assertThat(new ServicePath(path).pattern().matcher(requested).matches()).isEqualTo(found);
  }

  @Test
  void parametersHaveNamesThatMakeNoDifferenceToWhatIsServed() {
    ServicePath path = new ServicePath("/a/:first/b/:2nd");

    assertThat(path.parameters()).containsExactly("first", "2nd");
    assertThat(path.hasParameters()).isTrue();
    assertThat(path.example()).isEqualTo("/a/first/b/2nd");
    assertThat(path.shape()).isEqualTo(new ServicePath("/a/:x/b/:y").shape());
    assertThat(path.shape()).isNotEqualTo(new ServicePath("/a/first/b/:y").shape());
    assertThat(new ServicePath("/a:b").hasParameters()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/:x",
    "/a/b, /:x/b",
    "/a/b, /:x",
    "/, /:x",
    "/:x/b, /a/:y",
    "/:x/b/:z, /a/:y/:z",
    "/a/b/:z, /:x/b/:z",
    "/a/:y/:z, /:x/:y/:z"
  })
  void aFixedSegmentGoesBeforeAParameterFromTheEndOn(String first, String second) {
    ServicePath before = new ServicePath(first);
    ServicePath after = new ServicePath(second);

    assertThat(ServicePath.BY_PRECEDENCE.compare(before, after)).isNegative();
    assertThat(ServicePath.BY_PRECEDENCE.compare(after, before)).isPositive();
  }

  @Test
  void pathsWithParametersInTheSamePlacesHaveNoPrecedence() {
    assertThat(
            ServicePath.BY_PRECEDENCE.compare(
                new ServicePath("/a/:first"), new ServicePath("/b/:second")))
        .isZero();
  }
}
