package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;

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
  public ServiceRequest find(RequestId id) {
    return exchanges.request(id);
  }

  @Override
  public HandOff to(String service) {
    String intake = Addresses.intake(service, node);
    return exchange -> {
      exchange.handedOff();
      bus.send(intake, exchange, local);
    };
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

  @Override
  public boolean answer(RowId row, ServiceReply reply) {
    return row.isOnly() ? answer(row.request(), reply) : exchanges.answer(row, reply);
  }

  @Override
  public void leaveOut(RowId row, ServiceReply leftOut) {
    if (row.isOnly()) {
      answer(row.request(), leftOut);
    } else {
      exchanges.leaveOut(row, leftOut);
    }
  }

  @Override
  public Neighbours neighbours() {
    return Neighbours.NONE;
  }
}
