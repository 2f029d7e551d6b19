package io.sparkwire.dispatch;

import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.NodeId;
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
final class HandOffPost implements HandOffs.Sender {

  /** Bytes of bodies that wait to be sent to one worker, after which others wait elsewhere. */
  static final long MOST_WAITING =
      Math.max(16L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

  private final Context context;
  private final BiConsumer<NodeId, RemoteHandOff> unreached;
  private final Outboxes<RemoteHandOff> outboxes;
  private final DeliveryOptions options = new DeliveryOptions().setCodecName(Addresses.HAND_OFFS);

  /**
   * @param context of the event loop from which it sends
   * @param unreached is told of each request that did not reach that worker
   */
  HandOffPost(Context context, BiConsumer<NodeId, RemoteHandOff> unreached) {
    this.context = context;
    this.unreached = unreached;
    this.outboxes = new Outboxes<>(context, RemoteHandOff::bytes, this::send);
  }

  @Override
  public void send(NodeId worker, RemoteHandOff handOff) {
    if (outboxes.waiting(worker) < MOST_WAITING) {
      outboxes.add(worker, handOff);
    } else { // it has frozen, or others are less busy
      unreached.accept(worker, handOff);
    }
  }

  private Future<?> send(NodeId worker, List<RemoteHandOff> batch) {
    return context
        .owner()
        .eventBus()
        .<RemoteHandOffs>sender(Addresses.handOffs(worker), options)
        .write(new RemoteHandOffs(batch))
        .onFailure(failure -> batch.forEach(handOff -> unreached.accept(worker, handOff)));
  }

  /** A node is gone. */
  void left(NodeId node) {
    outboxes.left(node);
  }
}
