package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter out = new StringWriter();
  private final AtomicLong clock = new AtomicLong();
  private final Progress progress = new Progress(new PrintWriter(out, true), 2, clock::get);

  @Test
  void eachStepSaysHowLongItTook() {
    int result =
        progress.step(
            "counting", () -> (int) clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_250)));
    progress.note("all there");
    progress.step("resting", () -> null);
    assertThat(result).isEqualTo(1_250_000_000);
    assertThat(out.toString().lines())
        .containsExactly("[1/2] counting ... 1.3 s", "      all there", "[2/2] resting ... 0.0 s");
  }

  @Test
  void aStepThatFailsEndsItsLine() {
    assertThatThrownBy(
            () ->
                progress.step(
                    "counting",
                    () -> {
                      throw new IllegalStateException("lost count");
                    }))
        .hasMessage("lost count");
    assertThat(out.toString().lines()).containsExactly("[1/2] counting ... failed");
  }
}
