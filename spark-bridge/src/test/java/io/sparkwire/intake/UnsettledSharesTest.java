package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.history.EpochShare;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnsettledSharesTest {

  private static final EpochShare ONE = new EpochShare("echo", "query", 1, 0);
  private static final EpochShare OTHER = new EpochShare("echo", "query", 1, 1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1));
  private final UnsettledShares shares = new UnsettledShares(now::get);

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void aShareIsOverdueAfterTwoSecondsAndIsReturnedOnce() {
    shares.add(ONE);
    pass(1_000);
    shares.add(OTHER);
    pass(1_000);
    assertThat(shares.takeOverdue()).isEmpty();
    pass(1);
    assertThat(shares.takeOverdue()).containsExactly(ONE);
    pass(1_000);
    assertThat(shares.takeOverdue()).containsExactly(OTHER);
    assertThat(shares.takeOverdue()).isEmpty();
  }

  @Test
  void aShareThatIsBegunAgainIsForgotten() {
    shares.add(ONE);
    shares.add(OTHER);
    shares.forget(ONE::equals);
    pass(2_001);
    assertThat(shares.takeOverdue()).containsExactly(OTHER);
  }
}
