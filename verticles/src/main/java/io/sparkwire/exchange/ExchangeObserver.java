package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.util.function.LongSupplier;

/**
 * Follows the life of the exchanges that one service has on this node, and what its readers here
 * compute. Every method does nothing unless it is implemented; the counters of a service are an
 * observer.
 *
 * <p>An exchange is opened once and ends once: answered, expired or abandoned. In between, it is
 * handed off once if it was admitted, and taken by a reader any number of times: never if it ends
 * before, again with each replay.
 *
 * <p>{@code nanoTime} is the clock by which the exchange was {@linkplain Exchange#openedNanos
 * opened}. It is read only by an observer that wants the time, so that no request costs a reading
 * that nothing uses.
 *
 * <p>Runs on: the event loop of the exchange, but for {@link #taken} and {@link #computed}.
 * Implementations are thread-safe, do not block and do not throw.
 */
public interface ExchangeObserver {

  /** Does nothing. */
  ExchangeObserver NONE =
      new ExchangeObserver() {
        @Override
        public boolean wantsTimes() {
          return false;
        }
      };

  /** Both, called in this order; where one of them is {@link #NONE}, the other one alone. */
  static ExchangeObserver both(ExchangeObserver first, ExchangeObserver second) {
    if (first == NONE) {
      return second;
    }
    return second == NONE ? first : new ExchangeObserverPair(first, second);
  }

  /** Whether exchanges are to keep when their parts began, which costs each some readings. */
  default boolean wantsTimes() {
    return true;
  }

  /**
   * The first line and the headers of a request have arrived, at {@link Exchange#openedNanos}; or a
   * request whose reply is to be kept continues in an exchange of its own.
   */
  default void opened(Exchange exchange) {}

  /** The complete request is on its way to an intake, of this node or of another one. */
  default void handedOff(Exchange exchange, LongSupplier nanoTime) {}

  /**
   * A reader of this node passes the request to its pipeline, or another node says that it has the
   * request. A node that answers within a quarter of a second does not say so before.
   *
   * <p>Runs on: any thread; perhaps while the exchange ends on its event loop.
   */
  default void taken(Exchange exchange, LongSupplier nanoTime) {}

  /** It has a reply or a failure, which is written next. */
  default void answered(Exchange exchange, LongSupplier nanoTime) {}

  /** It had no answer at its deadline; a failure is written next. */
  default void expired(Exchange exchange, LongSupplier nanoTime) {}

  /** Its client left before it had an answer. */
  default void abandoned(Exchange exchange, LongSupplier nanoTime) {}

  /**
   * A request that readers of this node have computed, or tried to, has ended: one of a client of
   * this node, or one that another node has sent here. Runs on: any thread.
   *
   * @param request perhaps no longer {@linkplain ServiceRequest#isWhole whole}
   * @param reply null if it has ended without one, or its reply was made elsewhere
   */
  default void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {}
}
