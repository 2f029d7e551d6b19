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
   * A request was answered by the listener itself: no service has its path, or the client may not
   * use it. Runs on: event loop.
   */
  default void unserved(HttpServerRequest request, ServiceReply reply) {}
}
