package io.sparkwire.spark.version;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkReleaseTest {

  @Test
  void theReleaseOfTheBuildPasses() {
    assertThatCode(() -> SparkRelease.current().check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.0.5", "4.1.4", "4.2.1", "4.3.0", "4.3.1-SNAPSHOT"})
  void everyReleaseOfTheFourLinesPasses(String text) {
    assertThatCode(() -> new SparkRelease(text).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.5.8", "4.4.0", "4.10.1", "4.30.0", "5.0.0", "4", "main"})
  void anyOtherIsRefusedWithThoseThatWork(String text) {
    assertThatThrownBy(() -> new SparkRelease(text).check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sparkwire runs on Spark 4.0, 4.1, 4.2 and 4.3, but this is Spark %s; install one of"
                + " those",
            text);
  }
}
