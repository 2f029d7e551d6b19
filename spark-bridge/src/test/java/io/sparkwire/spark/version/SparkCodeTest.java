package io.sparkwire.spark.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

class SparkCodeTest {

  private static final String HERE = Later.class.getName();

  /** What a later release has. */
  public static final class Later {

    private final String text;

    public Later(String text, boolean added) {
      this.text = text + added;
    }

    public String text() {
      return text;
    }

    public static String of(String text) {
      return text;
    }

    public static String of(String text, boolean known, boolean added) {
      return text + known + added;
    }

    public static String read(String text) throws IOException {
      if (text.isEmpty()) {
        throw new IOException("unreadable");
      }
      return text;
    }
  }

  @Test
  void aClassIsFoundWhereverItIs() {
    assertThat(SparkCode.type("org.apache.spark.Elsewhere", HERE)).isEqualTo(Later.class);
    assertThat(SparkCode.has("org.apache.spark.Elsewhere")).isFalse();
    assertThat(SparkCode.has(HERE)).isTrue();
  }

  @Test
  void whatIsNowhereIsNamedWithTheRelease() {
    assertThatThrownBy(() -> SparkCode.type("a.B", "c.D"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Spark %s lacks [a.B, c.D]", SparkRelease.current().text());
    assertThatThrownBy(() -> SparkCode.method(Later.class, "none"))
        .hasMessageEndingWith("lacks %s [none]", Later.class);
  }

  @Test
  void parametersThatALaterReleaseHasAddedAreFalse() {
    MethodHandle of = SparkCode.method(Later.class, "before", "of");
    assertThat(SparkCode.call(of, "a", true)).isEqualTo("atruefalse");
    Object made = SparkCode.call(SparkCode.constructor(Later.class), "b");
    assertThat(SparkCode.call(SparkCode.method(Later.class, "text"), made)).isEqualTo("bfalse");
  }

  @Test
  void whatItThrowsIsPassedOnAsItIs() {
    assertThatThrownBy(() -> SparkCode.call(SparkCode.method(Later.class, "read"), ""))
        .isInstanceOf(IOException.class)
        .hasMessage("unreadable");
  }
}
