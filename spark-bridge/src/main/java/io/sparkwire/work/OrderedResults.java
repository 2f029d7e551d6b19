package io.sparkwire.work;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Results in the order in which their places were entered. Thread-safe. */
final class OrderedResults<O> implements Results<O> {

  private final Queue<AtomicReference<O>> places = new ConcurrentLinkedQueue<>();

  @Override
  public Place<O> enter() {
    AtomicReference<O> place = new AtomicReference<>();
    places.add(place);
    return place::set;
  }

  @Override
  public O poll() {
    AtomicReference<O> first = places.peek();
    if (first == null || first.get() == null) {
      return null;
    }
    places.poll();
    return first.get();
  }
}
