package io.sparkwire.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchPaceTest {

  private final BatchPace pace = new BatchPace(64);

  /** Computes full batches of a cost until the bound stays the same; returns it. */
  private int settled(long fixedMicros, long microsPerRow) {
    int before;
    do {
      before = pace.getAsInt();
      long micros = fixedMicros + before * microsPerRow;
      pace.computed(before, TimeUnit.MICROSECONDS.toNanos(micros));
    } while (pace.getAsInt() != before);
    return before;
  }

  @Test
  void aRowGoesAloneUntilSomethingIsKnown() {
    assertThat(pace.getAsInt()).isEqualTo(1);
  }

  @Test
  void whatIsFastGetsAsManyRowsAsAllowed() {
    assertThat(settled(0, 10)).isEqualTo(64);
  }

  @Test
  void whatCostsTheSameForManyRowsGetsThem() {
    assertThat(settled(5_000, 1)).isEqualTo(64);
  }

  @Test
  void whatIsSlowForOneRowGetsFew() {
    assertThat(settled(0, 4_200)).isEqualTo(4);
    assertThat(settled(0, 100_000)).isEqualTo(1);
  }

  @Test
  void oneSlowBatchShrinksTheBoundInProportion() {
    settled(0, 10);
    pace.computed(64, TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(pace.getAsInt()).isEqualTo(32);
    assertThat(settled(0, 10)).isEqualTo(64);
  }

  @Test
  void batchesThatAreNotFullDoNotRaiseIt() {
    pace.computed(1, 1000);
    assertThat(pace.getAsInt()).isEqualTo(2);
    pace.computed(1, 1000);
    assertThat(pace.getAsInt()).isEqualTo(2);
  }
}
