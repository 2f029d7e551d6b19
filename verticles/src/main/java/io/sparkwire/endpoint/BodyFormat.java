package io.sparkwire.endpoint;

import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;

/** Says in which format the bodies of an endpoint hold rows. Runs on: event loop. */
@FunctionalInterface
public interface BodyFormat {

  /**
   * The name of a {@link io.sparkwire.wire.RowFormat}, or {@link ServiceRequest#ONE_ROW}.
   *
   * @param headers of the request
   */
  String of(MultiMap headers, byte[] body);
}
