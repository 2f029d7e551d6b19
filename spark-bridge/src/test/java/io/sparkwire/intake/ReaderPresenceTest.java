package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReaderPresenceTest {

  private final AtomicLong clock = new AtomicLong();
  private final ReaderPresence readers = new ReaderPresence(clock::get);

  @Test
  void readersAreMissingBeforeTheFirstOne() {
    assertThat(readers.areMissing()).isTrue();
    assertThat(readers.areExpected()).isFalse();
  }

  @Test
  void theFirstReaderIsNewsAndTheSecondIsNot() {
    assertThat(readers.begins(3)).isTrue();
    assertThat(readers.begins(2)).isFalse();
    assertThat(readers.latestEpoch()).isEqualTo(3);
  }

  @Test
  void theNextReaderIsExpectedForTwoSeconds() {
    readers.begins(1);
    readers.ends();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(readers.areMissing()).isFalse();
    clock.incrementAndGet();
    assertThat(readers.areMissing()).isTrue();
    assertThat(readers.areExpected()).isTrue();
  }

  @Test
  void aRunningReaderIsNeverMissing() {
    readers.begins(1);
    clock.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(readers.areMissing()).isFalse();
    assertThat(readers.expectNone()).isFalse();
    assertThat(readers.areExpected()).isTrue();
  }

  @Test
  void afterNoneIsExpectedTheNextReaderIsNewsAgain() {
    readers.begins(1);
    readers.ends();
    assertThat(readers.expectNone()).isTrue();
    assertThat(readers.expectNone()).isFalse();
    assertThat(readers.begins(2)).isTrue();
  }
}
