package io.sparkwire.dispatch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * What is to leave from this node for one other.
 *
 * <p>What comes while an event loop is busy leaves in one message; what comes alone leaves as soon
 * as the loop has done what it is at. No message is much larger than {@value #MOST_BYTES} bytes, or
 * than the one thing in it. Thread-safe.
 */
final class Outbox<T> {

  static final int MOST_AT_ONCE = 512;
  static final int MOST_BYTES = 256 * 1024;

  private static final int CHUNK = 256;

  private final Context context;
  private final ToIntFunction<T> bytes;
  private final Function<List<T>, Future<?>> message;
  private final AtomicLong waiting = new AtomicLong();
  private final MpscUnboundedArrayQueue<T> queue = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean awake = new AtomicBoolean();

  /**
   * @param context of the event loop from which it sends
   * @param bytes how many of them a thing takes, roughly
   * @param message sends these in one; done when they have left
   */
  Outbox(Context context, ToIntFunction<T> bytes, Function<List<T>, Future<?>> message) {
    this.context = context;
    this.bytes = bytes;
    this.message = message;
  }

  void add(T thing) {
    waiting.addAndGet(bytes.applyAsInt(thing));
    queue.offer(thing);
    wake();
  }

  /** About how many bytes have been added and have not left. */
  long waiting() {
    return waiting.get();
  }

  private void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      context.runOnContext(v -> sendQueued());
    }
  }

  private void sendQueued() {
    awake.set(false);
    List<T> batch = nextBatch();
    if (!batch.isEmpty()) {
      long size = batch.stream().mapToLong(bytes::applyAsInt).sum();
      message.apply(batch).onComplete(left -> waiting.addAndGet(-size));
    }
    if (!queue.isEmpty()) {
      wake();
    }
  }

  private List<T> nextBatch() {
    List<T> batch = new ArrayList<>();
    int size = 0;
    while (batch.size() < MOST_AT_ONCE && size < MOST_BYTES && !queue.isEmpty()) {
      T thing = queue.poll();
      batch.add(thing);
      size += bytes.applyAsInt(thing);
    }
    return batch;
  }
}
