package io.sparkwire.endpoint;

import io.sparkwire.message.ServiceReply;
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

  /**
   * The reply of the listener where it has no endpoint, in the form that this feature has for
   * failures at its paths.
   */
  default ServiceReply failure(List<ListedService> services, String path, ServiceReply failure) {
    return failure;
  }
}
