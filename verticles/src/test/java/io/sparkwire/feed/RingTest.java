package io.sparkwire.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {

  private final Ring<Integer> ring = new Ring<>(4);
  private final List<Integer> read = new ArrayList<>();

  @Test
  void aReaderGetsEachValueOnce() {
    ring.add(1);
    ring.add(2);
    long next = ring.read(0, read::add);
    ring.add(3);

    assertThat(ring.read(next, read::add)).isEqualTo(3);
    assertThat(ring.read(3, read::add)).isEqualTo(3);
    assertThat(read).containsExactly(1, 2, 3);
  }

  @Test
  void theLatestAreKept() {
    IntStream.rangeClosed(1, 10).forEach(ring::add);

    assertThat(ring.read(0, read::add)).isEqualTo(10);
    assertThat(read).containsExactly(7, 8, 9, 10);
  }

  @Test
  void aReaderThatFollowsManyWritersMissesNothing() throws InterruptedException {
    int writers = 4;
    int each = 20_000;
    Ring<Integer> large = new Ring<>(writers * each);
    List<Thread> threads =
        IntStream.range(0, writers)
            .mapToObj(w -> new Thread(() -> IntStream.range(0, each).forEach(large::add)))
            .toList();
    threads.forEach(Thread::start);
    long next = 0;
    while (threads.stream().anyMatch(Thread::isAlive)) {
      next = large.read(next, read::add);
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(large.read(next, read::add)).isEqualTo(80_000);
    assertThat(read).hasSize(writers * each);
    assertThat(read.stream().mapToLong(Integer::longValue).sum()).isEqualTo(4 * 199_990_000L);
  }
}
