package io.sparkwire.retention;

import io.sparkwire.exchange.HandOff;

/**
 * Where a listener takes the requests of one service. Immutable.
 *
 * @param handOff the way of its requests
 * @param async where clients ask for asynchronous requests; null if the service takes none
 */
public record Entrance(HandOff handOff, AsyncRequests async) {}
