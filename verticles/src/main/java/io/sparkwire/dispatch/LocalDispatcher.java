package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;

/**
 * The dispatcher of a node that is by itself.
 *
 * <p>Inside one JVM the message is the pending request itself: no copy, no serialisation. A request
 * that no intake answers is bounded by its deadline. Thread-safe.
 */
public final class LocalDispatcher implements Dispatcher {

  private final EventBus bus;
  private final NodeId node;
  private final Exchanges exchanges;
  private final DeliveryOptions local =
      new DeliveryOptions().setLocalOnly(true).setCodecName(Addresses.PENDING_REQUEST);

  /** Registers the codec of its messages on {@code bus}. */
  public LocalDispatcher(EventBus bus, NodeId node, Exchanges exchanges) {
    this.bus = bus;
    this.node = node;
    this.exchanges = exchanges;
    bus.registerCodec(new PendingRequestCodec());
  }

  @Override
  public HandOff to(String service) {
    String intake = Addresses.intake(service, node);
    return exchange -> bus.send(intake, exchange, local);
  }

  @Override
  public MessageConsumer<?> take(String service, LocalIntake intake) {
    return bus.<PendingRequest>localConsumer(
        Addresses.intake(service, node),
        message -> {
          if (!intake.offer(message.body())) {
            Dispatcher.refuse(message.body());
          }
        });
  }

  @Override
  public boolean answer(RequestId id, ServiceReply reply) {
    return exchanges.answer(id, reply);
  }

  /** None: whoever left them held their connections too. */
  @Override
  public List<PendingRequest> claim(List<ServiceRequest> left) {
    return List.of();
  }

  @Override
  public long repliesToOthers() {
    return 0;
  }

  @Override
  public boolean othersRead(String service) {
    return false;
  }

  @Override
  public void handOn(PendingRequest request) {
    throw new IllegalStateException("there is no other node to hand a request on to");
  }

  @Override
  public void giveBack(String service) {
    // Nothing comes from other nodes.
  }
}
