package io.sparkwire.openapi;

import io.sparkwire.exchange.Service;
import java.util.List;

/** What a protocol adds to the OpenAPI document of a listener. Stateless. */
@FunctionalInterface
public interface ApiPart {

  /**
   * Adds the paths by which clients reach these services.
   *
   * @param services of the listener that clients are told of, in the order in which they were
   *     opened
   */
  void describe(List<Service> services, ApiDocument document);
}
