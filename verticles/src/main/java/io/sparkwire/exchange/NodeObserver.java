package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpServerRequest;

/**
 * Follows what the services of one node do, and the requests that reach none of them. Thread-safe.
 */
public interface NodeObserver {

  /** Follows nothing. */
  NodeObserver NONE = spec -> ServiceObserver.NONE;

  /**
   * What follows a service that this node is about to open.
   *
   * @return {@link ServiceObserver#NONE} if nothing does
   */
  ServiceObserver of(ServiceSpec spec);

  /**
   * The head of a request has arrived; a second time where a gate has found out whose request it
   * is, which it then tells. It comes before all that is observed of the request's service. Runs
   * on: event loop.
   */
  default void arrived(HttpServerRequest request) {}

  /**
   * A request was answered by the listener itself: no service has its path, the client may not use
   * it, or it is malformed, and then it has not arrived. Runs on: event loop.
   *
   * @param reply which is sent next
   */
  default void unserved(HttpServerRequest request, ServiceReply reply) {}

  /** The node has left, and nothing more is observed. Blocks until what was observed is written. */
  default void close() {}
}
