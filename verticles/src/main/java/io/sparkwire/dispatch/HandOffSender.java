package io.sparkwire.dispatch;

import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The way of requests to workers of other nodes, many in one message.
 *
 * <p>A message that is known not to have arrived is not sent again: each request in it is put off.
 * So is one for a worker that does not read what was sent to it before. Thread-safe.
 */
final class HandOffSender implements WorkerAssignment.Sender {

  /**
   * Bytes of bodies that wait to be sent to one worker, after which requests go to another worker.
   */
  static final long MOST_WAITING =
      Math.max(16L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

  private final Context context;
  private final BiConsumer<NodeId, HandOffMessage> unreached;
  private final Outboxes<HandOffMessage> outboxes;
  private final DeliveryOptions options = new DeliveryOptions().setCodecName(Addresses.HAND_OFFS);

  /**
   * @param context of the event loop from which it sends
   * @param unreached gets each request that did not reach that worker
   */
  HandOffSender(Context context, BiConsumer<NodeId, HandOffMessage> unreached) {
    this.context = context;
    this.unreached = unreached;
    this.outboxes = new Outboxes<>(context, HandOffMessage::bytes, this::send);
  }

  @Override
  public void send(NodeId worker, HandOffMessage handOff) {
    if (outboxes.waiting(worker) < MOST_WAITING) {
      outboxes.add(worker, handOff);
    } else { // it has frozen, or others are less busy
      unreached.accept(worker, handOff);
    }
  }

  private Future<?> send(NodeId worker, List<HandOffMessage> batch) {
    return context
        .owner()
        .eventBus()
        .<HandOffBatch>sender(Addresses.handOffs(worker), options)
        .write(new HandOffBatch(batch))
        .onFailure(failure -> batch.forEach(handOff -> unreached.accept(worker, handOff)));
  }

  /** A node has left. */
  void left(NodeId node) {
    outboxes.left(node);
  }
}
