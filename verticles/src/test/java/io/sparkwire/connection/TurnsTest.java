package io.sparkwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final long FAST = TimeUnit.MICROSECONDS.toNanos(50);

  private final Turns turns = new Turns();
  private final ExtendedHandle reads = (ExtendedHandle) turns.newHandle();

  /** One read of as much as fits, handled in that time; returns its bytes. */
  private int fill(long nanos) {
    ByteBuf buffer = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
    int size = buffer.capacity();
    buffer.release();
    reads.attemptedBytesRead(size);
    reads.lastBytesRead(size);
    reads.readComplete();
    if (turns.measures(size)) {
      turns.ended(size, nanos);
    }
    return size;
  }

  private void growFully() {
    while (fill(FAST) < 16 * 1024) {
      assertThat(turns.most()).isLessThanOrEqualTo(16 * 1024);
    }
  }

  @Test
  void readsThatTakeLittleTimeGrowFromOneKibibyteToSixteen() {
    assertThat(fill(FAST)).isEqualTo(1024);
    growFully();
    assertThat(fill(FAST)).isEqualTo(16 * 1024);
  }

  @Test
  void readsThatTakeLongShrinkToWhatAMillisecondAllows() {
    growFully();
    assertThat(fill(TimeUnit.MILLISECONDS.toNanos(4))).isEqualTo(16 * 1024);
    assertThat(fill(TimeUnit.MILLISECONDS.toNanos(4))).isEqualTo(4 * 1024);
    assertThat(fill(FAST)).isEqualTo(1024);
    assertThat(fill(FAST)).isEqualTo(2 * 1024);
  }

  @Test
  void readsAreNeverShorterThanTwoHundredAndFiftySixBytes() {
    fill(TimeUnit.HOURS.toNanos(1));
    assertThat(fill(FAST)).isEqualTo(256);
    assertThat(fill(FAST)).isEqualTo(512);
  }

  @Test
  void requestsOneByOneAreNotMeasuredAndChangeNothing() {
    assertThat(turns.measures(200)).isFalse();
    turns.ended(1024, TimeUnit.MILLISECONDS.toNanos(2));
    assertThat(turns.most()).isEqualTo(512);
    assertThat(turns.measures(200)).isFalse();
    turns.ended(300, FAST);
    assertThat(turns.most()).isEqualTo(512);
  }

  @Test
  void aTurnIsOneRead() {
    reads.reset(new EmbeddedChannel().config());
    reads.incMessagesRead(1);
    reads.attemptedBytesRead(1024);
    reads.lastBytesRead(1024);
    assertThat(reads.continueReading(() -> true)).isFalse();
  }
}
