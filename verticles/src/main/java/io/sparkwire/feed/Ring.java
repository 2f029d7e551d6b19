package io.sparkwire.feed;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The latest of many values, numbered from 0 in the order in which they were added. A reader gets
 * those from a number on, each once.
 *
 * <p>Thread-safe; without locks, since tasks add to it and event loops read it.
 */
final class Ring<T> {

  private final AtomicReferenceArray<Slot<T>> slots;
  private final AtomicLong added = new AtomicLong();

  private record Slot<T>(long number, T value) {

    static <T> Slot<T> later(Slot<T> one, Slot<T> other) {
      return one != null && one.number > other.number ? one : other;
    }
  }

  /**
   * @param capacity how many are kept
   */
  Ring(int capacity) {
    this.slots = new AtomicReferenceArray<>(capacity);
  }

  void add(T value) {
    long number = added.getAndIncrement();
    slots.accumulateAndGet(place(number), new Slot<>(number, value), Slot::later);
  }

  /**
   * Passes on what was added from that number on, and is still there.
   *
   * @return the number to read from next time
   */
  long read(long from, Consumer<T> reader) {
    long end = added.get();
    for (long n = Math.max(from, end - slots.length()); n < end; n++) {
      Slot<T> slot = slots.get(place(n));
      if (slot == null || slot.number < n) {
        return n; // has its number, and is about to be stored
      }
      if (slot.number == n) { // otherwise a later one has replaced it just now
        reader.accept(slot.value);
      }
    }
    return end;
  }

  private int place(long number) {
    return (int) (number % slots.length());
  }
}
