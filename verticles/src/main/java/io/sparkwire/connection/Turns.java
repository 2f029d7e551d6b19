package io.sparkwire.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.concurrent.TimeUnit;

/**
 * How much one connection reads before the next one of its event loop has its turn.
 *
 * <p>Small frames or requests without a pause between them would otherwise keep all other
 * connections of the loop waiting: 1 MiB of them, which is Netty's own bound, is 50,000 HEADERS
 * frames. A turn is one read. Reads get longer as long as they take little time, and shorter where
 * they take much. Runs on: event loop. Not thread-safe.
 */
@SuppressWarnings("deprecation") // of Handle, which newHandle() returns in all versions of Netty 4
final class Turns implements RecvByteBufAllocator {

  /** A shorter read is a few requests, and is not measured unless it is all that was allowed. */
  static final int SHORT_BYTES = 1024;

  private static final int MOST_BYTES = 16 * 1024;
  private static final int LEAST_BYTES = 256;
  private static final int SMALLEST_READ_BYTES = 64;

  /** How long a turn should take at most. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final RecvByteBufAllocator ONE_READ =
      new AdaptiveRecvByteBufAllocator(SMALLEST_READ_BYTES, SHORT_BYTES, MOST_BYTES)
          .maxMessagesPerRead(1);

  private int most = SHORT_BYTES;

  /** Whether a turn that reads so many bytes is to be measured. */
  boolean measures(int bytes) {
    return bytes >= Math.min(SHORT_BYTES, most);
  }

  /**
   * A turn has ended that was measured.
   *
   * @param bytes that it has read
   * @param nanos that it took
   */
  void ended(int bytes, long nanos) {
    if (nanos > TURN_NANOS) {
      most = (int) Math.max(LEAST_BYTES, bytes * TURN_NANOS / nanos);
    } else if (bytes >= most) {
      most = Math.min(MOST_BYTES, 2 * most);
    }
  }

  /** Bytes that the next turn reads at most. */
  int most() {
    return most;
  }

  @Override
  public Handle newHandle() {
    return new Bounded((ExtendedHandle) ONE_READ.newHandle());
  }

  private final class Bounded extends DelegatingHandle implements ExtendedHandle {

    private final ExtendedHandle reads;

    Bounded(ExtendedHandle reads) {
      super(reads);
      this.reads = reads;
    }

    @Override
    public int guess() {
      return Math.min(most, reads.guess());
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return allocator.ioBuffer(guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return reads.continueReading(maybeMore);
    }
  }
}
