package io.sparkwire.dispatch;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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
  private final Consumer<List<T>> message;
  private final MpscUnboundedArrayQueue<T> queue = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean awake = new AtomicBoolean();

  /**
   * @param context of the event loop from which it sends
   * @param bytes how many of them a thing takes, roughly
   * @param message sends these in one
   */
  Outbox(Context context, ToIntFunction<T> bytes, Consumer<List<T>> message) {
    this.context = context;
    this.bytes = bytes;
    this.message = message;
  }

  void add(T thing) {
    queue.offer(thing);
    wake();
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
      message.accept(batch);
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
