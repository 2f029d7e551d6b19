package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchanges;

/**
 * The requests of one node: where they are held until they have their reply, and the way they go.
 * Immutable.
 */
public record NodeRequests(Exchanges exchanges, Dispatcher dispatcher) {}
