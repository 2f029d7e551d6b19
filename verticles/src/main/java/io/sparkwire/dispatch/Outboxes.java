package io.sparkwire.dispatch;

import io.sparkwire.message.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** One {@link Outbox} for each other node that there is something for. Thread-safe. */
final class Outboxes<T> {

  private final Context context;
  private final ToIntFunction<T> bytes;
  private final BiFunction<NodeId, List<T>, Future<?>> message;
  private final Map<NodeId, Outbox<T>> outboxes = new ConcurrentHashMap<>();

  /**
   * @param context of the event loop from which they send
   * @param bytes how many of them a thing takes, roughly
   * @param message sends these to that node in one; done when they have left
   */
  Outboxes(
      Context context, ToIntFunction<T> bytes, BiFunction<NodeId, List<T>, Future<?>> message) {
    this.context = context;
    this.bytes = bytes;
    this.message = message;
  }

  void add(NodeId to, T thing) {
    outboxes.computeIfAbsent(to, this::outbox).add(thing);
  }

  private Outbox<T> outbox(NodeId to) {
    return new Outbox<>(context, bytes, batch -> message.apply(to, batch));
  }

  /** About how many bytes for that node have not left. */
  long waiting(NodeId to) {
    Outbox<T> outbox = outboxes.get(to);
    return outbox == null ? 0 : outbox.waiting();
  }

  /** Whether there was something for that node since it last left. */
  boolean has(NodeId node) {
    return outboxes.containsKey(node);
  }

  /** A node has left. */
  void left(NodeId node) {
    outboxes.remove(node);
  }
}
