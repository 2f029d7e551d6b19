package io.sparkwire.dispatch;

import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * The notices from this node to one other.
 *
 * <p>What comes while an event loop is busy leaves in one message. A message that cannot be sent is
 * sent again for a while, since the other node may only just have come. Thread-safe.
 */
final class Outbox {

  private static final int CHUNK = 256;
  private static final int MOST_AT_ONCE = 512;
  private static final long AGAIN_MILLIS = 100;
  private static final int ATTEMPTS = 100;

  private final NodeId self;
  private final Context context;
  private final MessageProducer<Notices> producer;
  private final MpscUnboundedArrayQueue<Notice> queue = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean closed;

  /** An outbox that sends from the event loop of {@code context}. */
  Outbox(NodeId self, NodeId to, Context context) {
    this.self = self;
    this.context = context;
    this.producer =
        context
            .owner()
            .eventBus()
            .sender(Addresses.replies(to), new DeliveryOptions().setCodecName(Addresses.NOTICES));
  }

  void add(Notice notice) {
    queue.offer(notice);
    wake();
  }

  /** The other node is gone. */
  void close() {
    closed = true;
  }

  private void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      context.runOnContext(v -> sendQueued());
    }
  }

  private void sendQueued() {
    awake.set(false);
    List<Notice> batch = new ArrayList<>();
    queue.drain(batch::add, MOST_AT_ONCE);
    if (!batch.isEmpty()) {
      send(batch, 1);
    }
    if (!queue.isEmpty()) {
      wake();
    }
  }

  private void send(List<Notice> batch, int attempt) {
    producer
        .write(new Notices(self, batch))
        .onFailure(
            failure -> {
              if (!closed && attempt < ATTEMPTS) {
                context.owner().setTimer(AGAIN_MILLIS, timer -> send(batch, attempt + 1));
              }
            });
  }
}
