package io.sparkwire.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

  private static final int LOST_BYTES = 4_321;

  @Test
  void aLostBufferIsNoticed() {
    try (LeakWatch watch = new LeakWatch()) {
      watch.isClean();
      PooledByteBufAllocator.DEFAULT.buffer(LOST_BYTES);
      assertThatThrownBy(watch::isClean).isInstanceOf(AssertionError.class);
    }
  }
}
