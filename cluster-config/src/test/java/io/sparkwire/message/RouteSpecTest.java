package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSpecTest {

  private static final Set<ServiceProtocol> ALL = Set.of(ServiceProtocol.values());

  private static RouteSpec at(String path) {
    return new RouteSpec(path, Set.of("POST"), false, ALL, true);
  }

  private static void methodsRefused(Set<String> methods, String message) {
    assertThatThrownBy(() -> new RouteSpec("/my_api", methods, false, ALL, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my_api", " /my_api"})
  void aPathWithoutSlashIsRefused(String wrong) {
    assertThatThrownBy(() -> at(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'path' must be a path that starts with '/', got '" + wrong + "'");
  }

  @Test
  void theSpellingsOfAPathMakeNoDifference() {
    assertThat(at("/caf%c3%a9")).isEqualTo(at("/caf\u00E9/"));
    assertThat(at("/caf\u00E9/").path()).isEqualTo("/caf%C3%A9");
  }

  @Test
  void aServiceWithoutMethodIsRefused() {
    methodsRefused(Set.of(), "option 'methods' must be at least one HTTP method, got '[]'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET POST", "", "POST;", "G\u00C9T", "GET/POST", "(POST)", "POST\n"})
  void aMethodThatIsNoTokenIsRefused(String wrong) {
    methodsRefused(
        Set.of(wrong),
        "option 'methods' must be names of HTTP methods with commas between, as in GET,POST, got '"
            + wrong
            + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE", "PRI"})
  void aMethodThatNoServiceCanAnswerIsRefused(String wrong) {
    methodsRefused(
        Set.of(wrong),
        "option 'methods' must be methods that a service can answer, none of CONNECT, TRACE, PRI,"
            + " got '"
            + wrong
            + "'");
  }

  @Test
  void aMethodMayBeUnknown() {
    assertThat(new RouteSpec("/my_api", Set.of("M-SEARCH"), false, ALL, true).methods())
        .containsExactly("M-SEARCH");
  }

  @Test
  void laterChangesOfTheMethodsDoNotCount() {
    Set<String> methods = new HashSet<>(Set.of("POST"));
    RouteSpec route = new RouteSpec("/my_api", methods, false, ALL, true);
    methods.add("GET");

    assertThat(route.methods()).containsExactly("POST");
  }

  @Test
  void aServiceSpeaksAllProtocolsByDefaultAndOneAtLeast() {
    assertThat(RouteSpec.PROTOCOLS.defaultValue()).isEqualTo(ALL);
    assertThatThrownBy(() -> new RouteSpec("/my_api", Set.of("POST"), false, Set.of(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "option 'protocols' must be one or more of json, v2, mlflow, with commas between, got"
                + " '[]'");
  }
}
