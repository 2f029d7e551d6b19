package io.sparkwire.retention;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.openapi.ApiDocument;
import io.sparkwire.openapi.ApiFailures;
import io.sparkwire.openapi.ApiOperation;
import io.sparkwire.openapi.ApiPart;
import io.sparkwire.openapi.ApiResponse;
import io.sparkwire.openapi.ServiceHeaders;
import io.sparkwire.openapi.ServiceResponses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The paths of asynchronous requests, below those of their services. */
public final class AsyncApi implements ApiPart {

  @Override
  public void describe(List<Service> services, ApiDocument document) {
    services.stream()
        .map(Service::spec)
        .filter(spec -> spec.retention().hasAsync())
        .forEach(
            spec -> {
              document.add(AsyncEndpoint.path(spec), "GET", found(spec, document));
              document.add(AsyncEndpoint.path(spec), "DELETE", forgotten(spec));
            });
  }

  private static ApiOperation found(ServiceSpec spec, ApiDocument document) {
    ApiOperation operation = operation(spec, "get", "Get the reply to an asynchronous request");
    ServiceResponses.of(spec, document).addTo(operation);
    addFailures(operation, spec);
    return operation.answers("202", running(spec));
  }

  private static ApiResponse running(ServiceSpec spec) {
    JsonObject status = new JsonObject().put("const", "running");
    JsonObject schema =
        new JsonObject()
            .put("type", "object")
            .put("required", JsonArray.of("status"))
            .put("properties", new JsonObject().put("status", status));
    ApiResponse response =
        new ApiResponse("It is still running")
            .content("application/json", schema)
            .header("Retry-After", "Seconds after which to try again");
    ServiceHeaders.addTo(response, spec);
    return response;
  }

  private static ApiOperation forgotten(ServiceSpec spec) {
    ApiOperation operation =
        operation(spec, "delete", "Remove an asynchronous request with its reply");
    addFailures(operation, spec);
    ApiResponse removed = new ApiResponse("It is removed");
    ServiceHeaders.addTo(removed, spec);
    return operation.answers("204", removed);
  }

  private static void addFailures(ApiOperation operation, ServiceSpec spec) {
    List<FailureCode> codes = new ArrayList<>(ApiFailures.of(spec));
    codes.add(FailureCode.UNKNOWN_REQUEST);
    ApiFailures.add(operation, spec, codes);
  }

  private static ApiOperation operation(ServiceSpec spec, String method, String summary) {
    ApiOperation operation =
        new ApiOperation(spec.name() + ".requests." + method, spec.name(), summary);
    ServiceHeaders.addTo(operation, spec);
    return operation;
  }
}
