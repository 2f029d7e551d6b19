package io.sparkwire.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.PlatformDependent;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has Netty follow every buffer, and notes which are lost, while it is open. */
final class LeakWatch implements AutoCloseable {

  private static final int ROUNDS = 5;
  private static final int SOME = 1_000;

  private final ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();
  private final ResourceLeakDetector<ByteBuf> detector = detector();
  private final List<String> leaks = new CopyOnWriteArrayList<>();

  LeakWatch() {
    detector.setLeakListener((kind, records) -> leaks.add(kind + records));
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  /** The one of all buffers, which Netty does not give. */
  @SuppressWarnings("unchecked")
  private static ResourceLeakDetector<ByteBuf> detector() {
    try {
      Field field =
          Class.forName("io.netty.buffer.AbstractByteBuf").getDeclaredField("leakDetector");
      field.setAccessible(true);
      return (ResourceLeakDetector<ByteBuf>) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes outside the heap that Netty holds. */
  static long directBytes() {
    return PlatformDependent.usedDirectMemory();
  }

  /** Collects what is lost: Netty finds it when it follows further buffers. */
  void isClean() {
    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      for (int i = 0; i < SOME; i++) {
        allocator.buffer(1).release();
      }
    }
    assertThat(leaks).isEmpty();
  }

  @Override
  public void close() {
    ResourceLeakDetector.setLevel(usual);
    detector.setLeakListener(null);
  }
}
