package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The exchanges of one service that belong to no connection, on one event loop: a callback gets the
 * reply of each.
 *
 * <p>With them one request of a client becomes one exchange or several beside its own, and what the
 * callbacks got becomes its reply:
 *
 * <ul>
 *   <li>Room: a request was admitted once and has one room, and one of its exchanges gives it back
 *       when it ends. That is the client's own, unless {@link Exchange#handOverRoom} has taken the
 *       room from it and {@link Exchange#takeRoom} given it to another. All others have none, and
 *       no counter of the service counts them.
 *   <li>Deadline: each has its own, which is the time-out from its opening. An exchange does not
 *       end because another one of the same request has ended; {@link Exchange#abandon} ends it.
 *   <li>Id: each has its own, so intakes, readers and other nodes take them for separate requests.
 * </ul>
 *
 * <p>Runs on: the event loop, but for the constructor, {@link #leave} and {@link #admitAnyway}.
 */
public final class DetachedExchanges {

  private final ExchangeQueue queue;

  /**
   * @param loop the event loop on which they are opened and callbacks run
   * @param timeout from the opening of each to its deadline
   */
  public DetachedExchanges(
      Exchanges exchanges, Service service, ExchangeLoop loop, Duration timeout) {
    this.queue = exchanges.queue(service, loop, timeout);
  }

  /**
   * Opens an exchange without a room.
   *
   * @param request complete, and the same but for its id
   * @param answered gets its one reply, at its deadline at the latest; nothing if it is abandoned
   * @return it, for a hand-off
   */
  public Exchange open(ServiceRequest request, Consumer<ServiceReply> answered) {
    Exchange exchange =
        queue.open(
            reply -> {
              answered.accept(reply);
              return Future.succeededFuture();
            });
    exchange.handOverRoom();
    exchange.received(request.withId(queue.id(exchange)));
    return exchange;
  }

  /** Gives back the room of a request that was admitted, if no exchange has it. */
  public void leave() {
    queue.service().leftAnswered();
  }

  /** Admits one more even if the service is full: another node had admitted it, and was lost. */
  public void admitAnyway() {
    queue.service().admitAnyway();
  }
}
