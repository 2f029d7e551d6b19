package io.sparkwire.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.Test;

class Log4jLevelsTest {

  private final Log4jLevels levels = new Log4jLevels();
  private final Logger logger = LogManager.getLogger("test.levels.of.one");

  @Test
  void aLoggerWithoutALevelOfItsOwnGetsOneAndLosesItAgain() {
    String above = logger.getLevel().name();
    levels.set("test.levels.of", "TRACE");
    assertThat(logger.isTraceEnabled()).isTrue();
    assertThat(levels.levels()).containsEntry("test.levels.of", "TRACE");
    levels.set("test.levels.of", "ERROR");
    assertThat(logger.isWarnEnabled()).isFalse();

    assertThat(levels.restore("test.levels.of")).isTrue();
    assertThat(logger.getLevel().name()).isEqualTo(above);
    assertThat(levels.levels()).doesNotContainKey("test.levels.of");
    assertThat(levels.restore("test.levels.of")).isFalse();
  }

  @Test
  void theRootIsRestoredToWhatItHad() {
    String before = levels.levels().get("root");
    levels.set("root", "TRACE");
    levels.set("root", "OFF");
    assertThat(levels.levels()).containsEntry("root", "OFF");
    levels.restore("root");

    assertThat(levels.levels()).containsEntry("root", before);
  }

  @Test
  void thereIsABoundOfChanges() {
    for (int i = 0; i < 100; i++) {
      levels.set("test.bound.of" + i, "INFO");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> levels.set("test.bound.more", "INFO"))
        .withMessageStartingWith("100 loggers have been changed already");
    levels.set("test.bound.of7", "WARN");
    for (int i = 0; i < 100; i++) {
      assertThat(levels.restore("test.bound.of" + i)).isTrue();
    }
  }
}
