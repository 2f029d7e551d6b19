package io.sparkwire.dispatch;

import io.sparkwire.protocol.NodeId;
import io.vertx.core.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What this node has to tell others: one outbox for each. Thread-safe. */
final class Post implements Notifier {

  private final NodeId self;
  private final Context context;
  private final Map<NodeId, Outbox> outboxes = new ConcurrentHashMap<>();

  Post(NodeId self, Context context) {
    this.self = self;
    this.context = context;
  }

  @Override
  public void tell(NodeId node, Notice notice) {
    outboxes.computeIfAbsent(node, to -> new Outbox(self, to, context)).add(notice);
  }

  /** A node is gone: nothing more is sent to it. */
  void left(NodeId node) {
    Outbox outbox = outboxes.remove(node);
    if (outbox != null) {
      outbox.close();
    }
  }
}
