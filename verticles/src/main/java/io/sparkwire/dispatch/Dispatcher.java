package io.sparkwire.dispatch;

import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.PendingRequest;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * The hand-off from exchanges to intakes, over the event bus.
 *
 * <p>Inside one JVM the message is the pending request itself: no copy, no serialisation. An intake
 * that cannot take a request answers it, and one that never answers is bounded by the deadline.
 * Thread-safe.
 */
public final class Dispatcher {

  private final EventBus bus;
  private final NodeId node;
  private final DeliveryOptions local =
      new DeliveryOptions().setLocalOnly(true).setCodecName(PendingRequestCodec.NAME);

  /** A dispatcher for one node; registers the codec of its messages on {@code bus}. */
  public Dispatcher(EventBus bus, NodeId node) {
    this.bus = bus;
    this.node = node;
    bus.registerCodec(new PendingRequestCodec());
  }

  /** Where requests of a service go on this node. */
  public String localIntake(String service) {
    return Addresses.intake(service, node);
  }

  /** Hands a request to the intake at that address. */
  public void handOff(String intake, PendingRequest request) {
    bus.send(intake, request, local);
  }

  /**
   * Registers the taker of a service's requests on this node.
   *
   * @param taker called on an event loop; it must take or answer every request, without blocking
   */
  public MessageConsumer<PendingRequest> take(String service, Consumer<PendingRequest> taker) {
    return bus.localConsumer(localIntake(service), message -> taker.accept(message.body()));
  }
}
