package io.sparkwire.endpoint;

import io.sparkwire.exchange.Service;

/**
 * One of the services of a listener, as endpoints that many services share know it.
 *
 * @param requests takes requests for it
 */
public record ListedService(Service service, RequestHandlers requests) {}
