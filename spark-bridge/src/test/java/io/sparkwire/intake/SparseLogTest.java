package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseLogTest {

  private final List<String> lines = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final SparseLog log = new SparseLog(lines::add, (millis, action) -> timers.add(action));

  private void tenSecondsPass() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void theFirstOfItsKindIsWrittenAndTheOthersAreCounted() {
    for (int i = 0; i < 318; i++) {
      log.write("it failed", "it failed on " + i);
    }
    assertThat(lines).containsExactly("it failed on 0");

    tenSecondsPass();

    assertThat(lines)
        .containsExactly("it failed on 0", "… and 317 more like this in the last 10 s: it failed");
  }

  @Test
  void afterTenSecondsWithoutOneTheNextIsWrittenAgain() {
    log.write("it failed", "once");
    tenSecondsPass();
    log.write("it failed", "twice");

    assertThat(lines).containsExactly("once", "twice");
    assertThat(timers).hasSize(1);
  }

  @Test
  void kindsAreToldApartUpToALimit() {
    for (int i = 0; i < 1_000; i++) {
      log.write("kind " + i, "line " + i);
    }

    assertThat(lines).hasSize(SparseLog.MOST_KINDS + 1);
    tenSecondsPass();
    assertThat(lines).last().asString().endsWith("other failures");
    assertThat(lines).hasSize(SparseLog.MOST_KINDS + 2);
  }
}
