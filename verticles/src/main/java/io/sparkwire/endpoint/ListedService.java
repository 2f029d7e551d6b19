package io.sparkwire.endpoint;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceProtocol;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * One of the services of a listener, as endpoints that many services share know it.
 *
 * @param requests takes requests for it
 */
public record ListedService(Service service, RequestHandlers requests) {

  /** Those of the services that the client of a request may use. */
  public static List<ListedService> usable(
      HttpServerRequest request, List<ListedService> services) {
    return services.stream()
        .filter(s -> KnownRequest.mayUse(request, s.service().spec().name()))
        .toList();
  }

  /** Those of the services that speak a protocol, in their order. */
  public static List<ListedService> speaking(
      ServiceProtocol protocol, List<ListedService> services) {
    return services.stream().filter(s -> s.service().spec().speaks(protocol)).toList();
  }
}
