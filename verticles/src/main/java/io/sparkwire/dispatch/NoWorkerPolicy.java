package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchange;

/** What becomes of a request when there is no other worker for it, or all are full. */
@FunctionalInterface
interface NoWorkerPolicy {

  /** Takes or refuses it; says false if it is to wait for a worker. */
  boolean handle(Exchange exchange, boolean othersAreFull);
}
