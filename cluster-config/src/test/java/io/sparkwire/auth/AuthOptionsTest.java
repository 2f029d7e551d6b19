package io.sparkwire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthOptionsTest {

  private static AuthOptions of(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return AuthOptions.of(values).orElseThrow();
  }

  @Test
  void allClientsAreServedWithoutThem() {
    assertThat(AuthOptions.of(Map.of())).isEmpty();
  }

  @Test
  void aFileOfClientsIsEnough() {
    assertThat(of("auth-file=clients.json").clients()).isEqualTo("clients.json");
    assertThat(of("auth-file=clients.json").tokens()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth-jwt-issuer=i | the options for tokens need the option 'auth-jwks'",
        "auth-jwks=k | option 'auth-jwks' needs the option 'auth-jwt-issuer'",
        "auth-jwks=k auth-jwt-issuer=i | option 'auth-jwks' needs the option 'auth-jwt-audience'",
        "auth-jwks=k auth-jwt-issuer=i auth-jwt-audience=a auth-jwks-trust=t"
            + " | option 'auth-jwks-trust' needs a URL in 'auth-jwks'",
        "auth-jwks=k auth-jwt-issuer=i auth-jwt-audience=a auth-jwt-skew=1h"
            + " | option 'auth-jwt-skew' must be 0s to 10m, got '1h'",
        "auth-files=x | unknown option 'auth-files'; the nearest known one is 'auth-file'",
      })
  void whatIsMissingIsNamed(String options, String message) {
    assertThatThrownBy(() -> of(options.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://issuer.example/keys", "http://127.0.0.1:1/k", "http://localhost/k", "f"})
  void keysAreInAFileOrCameOverTls(String keys) {
    assertThat(of("auth-jwks=" + keys, "auth-jwt-issuer=i", "auth-jwt-audience=a").tokens())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://issuer.example/keys", "http://127.0.0.1.example/k", "https://", ""})
  void otherPlacesAreRefused(String keys) {
    assertThatThrownBy(() -> of("auth-jwks=" + keys, "auth-jwt-issuer=i", "auth-jwt-audience=a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("option 'auth-jwks' must be a file, or a URL with https");
  }
}
