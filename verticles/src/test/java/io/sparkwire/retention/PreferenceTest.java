package io.sparkwire.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "respond-async",
        "Respond-Async",
        "respond-async, wait=10",
        "return=minimal , respond-async;x=y",
      })
  void respondAsyncIsFoundAmongOtherPreferences(String field) {
    assertThat(Preference.asksForAsync(HttpHeaders.headers().add("prefer", field))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "return=respond-async", "respond-asynchronously", "wait=10"})
  void otherPreferencesDoNotAskForIt(String field) {
    assertThat(Preference.asksForAsync(HttpHeaders.headers().add("Prefer", field))).isFalse();
  }

  @Test
  void preferencesMayBeInSeveralFields() {
    assertThat(
            Preference.asksForAsync(
                HttpHeaders.headers().add("Prefer", "wait=1").add("Prefer", "respond-async")))
        .isTrue();
    assertThat(Preference.asksForAsync(HttpHeaders.headers())).isFalse();
  }
}
