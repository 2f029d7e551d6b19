package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseLogTest {

  private final List<String> lines = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final SparseLog log =
      new SparseLog(
          (event, line) -> lines.add(event.key() + ": " + line),
          (millis, action) -> timers.add(action));

  private void tenSecondsPass() {
    List<Runnable> due = List.copyOf(timers);
    timers.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void theFirstOfItsKindIsWrittenAndTheOthersAreCounted() {
    for (int i = 0; i < 318; i++) {
      log.write(Event.PIPELINE_FAILED, "it failed", "it failed on " + i);
    }
    assertThat(lines).containsExactly("pipeline-failed: it failed on 0");

    tenSecondsPass();

    assertThat(lines)
        .containsExactly(
            "pipeline-failed: it failed on 0",
            "pipeline-failed: … and 317 more like this in the last 10 s: it failed");
  }

  @Test
  void afterTenSecondsWithoutOneTheNextIsWrittenAgain() {
    log.write(Event.PIPELINE_FAILED, "it failed", "once");
    tenSecondsPass();
    log.write(Event.PIPELINE_FAILED, "it failed", "twice");

    assertThat(lines).containsExactly("pipeline-failed: once", "pipeline-failed: twice");
    assertThat(timers).hasSize(1);
  }

  @Test
  void eventsAreDistinguished() {
    log.write(Event.PIPELINE_FAILED, "it", "it failed");
    log.write(Event.QUERY_RESTARTED, "it", "it was restarted");

    assertThat(lines)
        .containsExactly("pipeline-failed: it failed", "query-restarted: it was restarted");
  }

  @Test
  void kindsAreDistinguishedUpToALimit() {
    for (int i = 0; i < 1_000; i++) {
      log.write(Event.PIPELINE_FAILED, "kind " + i, "line " + i);
    }

    assertThat(lines).hasSize(SparseLog.MOST_KINDS + 1);
    tenSecondsPass();
    assertThat(lines).last().asString().endsWith("other failures");
    assertThat(lines).hasSize(SparseLog.MOST_KINDS + 2);
  }
}
