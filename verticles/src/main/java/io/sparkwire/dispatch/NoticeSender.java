package io.sparkwire.dispatch;

import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;

/**
 * The sender of notices to other nodes, many in one message.
 *
 * <p>A message that cannot be sent is sent again for a while, since the other node may only just
 * have joined. Thread-safe.
 */
final class NoticeSender implements Notifier {

  private static final long AGAIN_MILLIS = 100;
  private static final int ATTEMPTS = 100;

  private final NodeId self;
  private final Context context;
  private final Outboxes<Notice> outboxes;
  private final DeliveryOptions options = new DeliveryOptions().setCodecName(Addresses.NOTICES);

  NoticeSender(NodeId self, Context context) {
    this.self = self;
    this.context = context;
    this.outboxes = new Outboxes<>(context, Notice::bytes, (to, batch) -> send(to, batch, 1));
  }

  @Override
  public void send(NodeId node, Notice notice) {
    outboxes.add(node, notice);
  }

  private Future<?> send(NodeId to, List<Notice> batch, int attempt) {
    return context
        .owner()
        .eventBus()
        .<NoticeBatch>sender(Addresses.replies(to), options)
        .write(new NoticeBatch(self, batch))
        .onFailure(
            failure -> {
              if (outboxes.has(to) && attempt < ATTEMPTS) {
                context.owner().setTimer(AGAIN_MILLIS, timer -> send(to, batch, attempt + 1));
              }
            });
  }

  /** A node has left: what could not be sent to it is not sent again. */
  void left(NodeId node) {
    outboxes.left(node);
  }
}
