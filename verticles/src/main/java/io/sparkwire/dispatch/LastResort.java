package io.sparkwire.dispatch;

/** What becomes of a request when there is no other worker for it, or all are full. */
@FunctionalInterface
interface LastResort {

  /** Takes or refuses it; says false if it is to wait for a worker. */
  boolean settle(Exchange exchange, boolean othersAreFull);
}
