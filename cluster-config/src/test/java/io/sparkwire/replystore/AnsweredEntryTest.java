package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnsweredEntryTest {

  private static final AnsweredEntry OLD = new AnsweredEntry("old", 1_000, 10);
  private static final AnsweredEntry MIDDLE = new AnsweredEntry("middle", 1_001, 20);
  private static final AnsweredEntry NEW = new AnsweredEntry("new", 1_002, 30);

  private static List<AnsweredEntry> oldest(long bytes) {
    return AnsweredEntry.oldest(List.of(NEW, OLD, MIDDLE), bytes);
  }

  @Test
  void theOldestGoFirstWithinASecondToo() {
    assertThat(oldest(60)).containsExactly(OLD, MIDDLE, NEW);
  }

  @Test
  void noMoreGoThanFreeTheBytes() {
    assertThat(oldest(0)).isEmpty();
    assertThat(oldest(10)).containsExactly(OLD);
    assertThat(oldest(11)).containsExactly(OLD, MIDDLE);
  }

  @Test
  void allGoIfTheyTakeLess() {
    assertThat(oldest(1_000)).hasSize(3);
  }
}
