package io.sparkwire.endpoint;

import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.message.ServicePath;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;

/**
 * One path of a listener with its methods and what handles their requests. Immutable.
 *
 * <p>Each feature of a service adds its own endpoints. The listener routes by path and method
 * alone; from all endpoints together follow 404, 405 and its {@code Allow}. No method implies
 * another one: {@code HEAD} and {@code OPTIONS} get a 405 where they are not named.
 *
 * @param methods in capitals, at least one
 * @param handlers makes the handler of one event loop; runs on that event loop, and once for each
 *     event loop of the listener
 */
public record Endpoint(
    ServicePath path, Set<String> methods, Function<ExchangeLoop, EndpointHandler> handlers) {

  public Endpoint {
    methods = Set.copyOf(methods);
  }

  /**
   * Whether the two match the same paths and share a method, so that a listener cannot have both.
   */
  public boolean conflictsWith(Endpoint other) {
    return path.shape().equals(other.path.shape()) && !Collections.disjoint(methods, other.methods);
  }
}
