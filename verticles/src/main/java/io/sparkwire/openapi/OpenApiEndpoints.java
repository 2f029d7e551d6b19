package io.sparkwire.openapi;

import io.sparkwire.access.Access;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServicePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a listener tells clients of its services: {@code /openapi.json}, and a page to try them at
 * {@code /docs}. A listener without services that have the option {@code docs} has neither.
 */
public final class OpenApiEndpoints implements SharedEndpoints {

  private static final Set<String> GET = Set.of("GET");

  private final List<ApiPart> parts = new ArrayList<>(List.of(new JsonApi()));

  /**
   * @param others what other protocols add to the document
   */
  public OpenApiEndpoints(List<ApiPart> others) {
    parts.addAll(others);
  }

  @Override
  public List<Endpoint> of(List<ListedService> services) {
    List<Service> described =
        services.stream()
            .map(ListedService::service)
            .filter(service -> service.spec().route().docs())
            .toList();
    if (described.isEmpty()) {
      return List.of();
    }
    DocumentHandler document = new DocumentHandler(described, List.copyOf(parts));
    List<Endpoint> endpoints = new ArrayList<>(DocsPage.endpoints());
    endpoints.add(
        new Endpoint(new ServicePath("/openapi.json"), Access.KNOWN, GET, loop -> document));
    return endpoints;
  }
}
