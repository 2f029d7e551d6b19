package io.sparkwire.endpoint;

import java.util.List;

/**
 * What a feature adds to a listener for all of its services together, as a protocol whose paths
 * name the service. Stateless.
 */
@FunctionalInterface
public interface SharedEndpoints {

  /**
   * The endpoints for these services; the listener leaves out those whose paths a service has.
   *
   * @param services of the listener, in the order in which they were opened; called again whenever
   *     they change
   */
  List<Endpoint> of(List<ListedService> services);
}
