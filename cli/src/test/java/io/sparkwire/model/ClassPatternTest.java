package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPatternTest {

  @ParameterizedTest
  @CsvSource({
    "com.acme.Scaler, com.acme.Scaler",
    "com.acme.*, com.acme.Scaler",
    "com.acme.*, com.acme.Outer$Inner",
    "com.acme.*Model, com.acme.ScalerModel",
    "com.acme.*Model, com.acme.Model",
    "com.*.Scaler, com.acme.Scaler",
    "com.acme.**, com.acme.Scaler",
    "com.acme.**, com.acme.a.b.Scaler",
    "com.**.Scaler, com.acme.a.Scaler",
    "**, Scaler",
    "**, com.acme.Scaler",
    "com.acme.Outer$Inner, com.acme.Outer$Inner"
  })
  void aNameMatches(String pattern, String name) {
    assertThat(new ClassPattern(pattern).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Scaler, com.acme.Scalers",
    "com.acme.Scaler, com.acme.scaler",
    "com.acme.Scaler, comXacmeXScaler",
    "com.acme.*, com.acme.a.Scaler",
    "com.acme.*, com.acme",
    "com.acme.*Model, com.acme.a.Model",
    "com.acme.**, com.acmeevil.Scaler",
    "com.acme.**, com.acme",
    "org.apache.spark.ml.**, org.apache.spark.mllib.Scaler",
    "**.acme.Scaler, acme.Scaler",
    "*, com.acme",
    "com.acme.Outer$Inner, com.acme.Outer"
  })
  void aNameDoesNotMatch(String pattern, String name) {
    assertThat(new ClassPattern(pattern).matches(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "com.",
        ".com",
        "com..acme",
        "com.ac**me",
        "com.***",
        "com acme",
        "com/acme",
        "[a]"
      })
  void aTextThatIsNoPatternIsRefused(String text) {
    assertThatThrownBy(() -> new AllowedStages(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("option 'allow-stage' must be names of classes")
        .hasMessageEndingWith("got '" + text + "'");
  }
}
