package io.sparkwire.openapi;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The paths of the services themselves, for bodies as their pipelines read and write them. */
final class JsonApi implements ApiPart {

  @Override
  public void describe(List<Service> services, ApiDocument document) {
    services.stream()
        .map(Service::spec)
        .filter(spec -> spec.speaks(ServiceProtocol.JSON))
        .forEach(spec -> describe(spec, document));
  }

  private static void describe(ServiceSpec spec, ApiDocument document) {
    RequestBodies bodies = new RequestBodies(spec, document);
    ServiceResponses responses = ServiceResponses.of(spec, document);
    for (String method : spec.route().methods()) {
      String id = spec.name() + '.' + method.toLowerCase(Locale.ROOT);
      ApiOperation operation =
          new ApiOperation(id, spec.name(), "Send a request to '" + spec.name() + "'");
      ServiceHeaders.addTo(operation, spec);
      bodies.addTo(operation);
      responses.addTo(operation);
      if (spec.retention().hasAsync()) {
        operation.answers("202", accepted(spec));
      }
      document.add(new ServicePath(spec.route().path()), method, operation);
    }
  }

  private static ApiResponse accepted(ServiceSpec spec) {
    ApiResponse response =
        new ApiResponse("The reply will be at the `Location`")
            .content("application/json", new JsonObject().put("type", "object"))
            .header("Location", "Where the reply will be")
            .header("Preference-Applied", "`respond-async`")
            .header("Retry-After", "Seconds after which to ask for the reply");
    ServiceHeaders.addTo(response, spec);
    return response;
  }
}
