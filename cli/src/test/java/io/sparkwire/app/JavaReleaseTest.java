package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaReleaseTest {

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 22})
  void aReleaseOnWhichSparkRunsIsTaken(int release) {
    assertThat(JavaRelease.refusal(release)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 16, 23, 24, 25})
  void anyOtherIsRefusedWithThoseThatWork(int release) {
    assertThat(JavaRelease.refusal(release))
        .hasValueSatisfying(
            refusal ->
                assertThat(refusal)
                    .startsWith("runs on Java 17 and 21, got Java " + release + ";"));
  }

  @Test
  void theReleaseOfTheTestsIsTaken() {
    assertThat(JavaRelease.refusal(Runtime.version().feature())).isEmpty();
  }
}
