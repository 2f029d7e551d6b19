package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  /** Always the least of its range, or the most. */
  private record Extreme(boolean most) implements RandomGenerator {

    @Override
    public long nextLong() {
      return most ? -1L : 0;
    }

    @Override
    public long nextLong(long origin, long bound) {
      return most ? bound - 1 : origin;
    }
  }

  private static long[] pauses(boolean most) {
    return IntStream.of(0, 1, 2, 6, 7, 1_000_000)
        .mapToLong(failures -> Recovery.backoffMillis(failures, new Extreme(most)))
        .toArray();
  }

  @Test
  void pausesDoubleUpToTenSeconds() {
    assertThat(pauses(true)).containsExactly(100, 200, 400, 6_400, 10_000, 10_000);
  }

  @Test
  void chanceTakesAwayHalfAtMost() {
    assertThat(pauses(false)).containsExactly(50, 100, 200, 3_200, 5_000, 5_000);
  }
}
