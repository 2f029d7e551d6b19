package io.sparkwire.dispatch;

import io.sparkwire.protocol.NodeId;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** One {@link Outbox} for each other node that there is something for. Thread-safe. */
final class Outboxes<T> {

  private final Context context;
  private final ToIntFunction<T> bytes;
  private final BiConsumer<NodeId, List<T>> message;
  private final Map<NodeId, Outbox<T>> outboxes = new ConcurrentHashMap<>();

  /**
   * @param context of the event loop from which they send
   * @param bytes how many of them a thing takes, roughly
   * @param message sends these to that node in one
   */
  Outboxes(Context context, ToIntFunction<T> bytes, BiConsumer<NodeId, List<T>> message) {
    this.context = context;
    this.bytes = bytes;
    this.message = message;
  }

  void add(NodeId to, T thing) {
    outboxes.computeIfAbsent(to, this::outbox).add(thing);
  }

  private Outbox<T> outbox(NodeId to) {
    return new Outbox<>(context, bytes, batch -> message.accept(to, batch));
  }

  /** Whether there was something for that node since it last left. */
  boolean has(NodeId node) {
    return outboxes.containsKey(node);
  }

  /** A node is gone. */
  void left(NodeId node) {
    outboxes.remove(node);
  }
}
