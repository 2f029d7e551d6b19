package io.sparkwire.protocol;

import static io.sparkwire.protocol.JsonSchemas.array;
import static io.sparkwire.protocol.JsonSchemas.object;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.openapi.ApiDocument;
import io.sparkwire.openapi.ApiFailures;
import io.sparkwire.openapi.ApiOperation;
import io.sparkwire.openapi.ApiPart;
import io.sparkwire.openapi.ApiResponse;
import io.sparkwire.openapi.RequestBodies;
import io.sparkwire.openapi.ServiceHeaders;
import io.sparkwire.openapi.ServiceResponses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The paths of {@link ScoringEndpoints}. */
final class ScoringApi implements ApiPart {

  private static final String TAG = "MLflow";
  private static final String JSON = "application/json";
  private static final String RECORDS = "dataframe_records";
  private static final JsonObject TEXT = new JsonObject().put("type", "string");

  @Override
  public void describe(List<Service> services, ApiDocument document) {
    List<ServiceSpec> spoken =
        services.stream()
            .map(Service::spec)
            .filter(spec -> spec.speaks(ServiceProtocol.MLFLOW))
            .toList();
    if (spoken.isEmpty()) {
      return;
    }
    JsonObject error = document.schema("MlflowError", error());
    if (spoken.size() == 1) {
      addRows("/invocations", spoken.get(0), document, error);
    }
    for (ServiceSpec spec : spoken) {
      addRows("/models/" + spec.name() + "/invocations", spec, document, error);
      addRows("/models/" + spec.name() + "/invoke", spec, document, error);
    }
    addHealth("ping", document, error);
    addHealth("health", document, error);
    ApiOperation version =
        new ApiOperation("version", TAG, "The version of Sparkwire")
            .answers("200", new ApiResponse("It").content("text/plain", TEXT));
    document.add(new ServicePath("/version"), "GET", version);
  }

  private static void addHealth(String name, ApiDocument document, JsonObject error) {
    ApiOperation operation =
        new ApiOperation(name, TAG, "Whether all services are ready")
            .answers("200", new ApiResponse("They are"))
            .answers("503", new ApiResponse("One of them is not").content(JSON, error));
    document.add(new ServicePath('/' + name), "GET", operation);
  }

  private static void addRows(
      String path, ServiceSpec spec, ApiDocument document, JsonObject error) {
    RequestBodies bodies = new RequestBodies(spec, document);
    JsonObject example = new JsonObject().put(RECORDS, JsonArray.of(bodies.example()));
    ApiOperation operation =
        new ApiOperation(
                path.substring(1).replace('/', '.'), TAG, "Predict with '" + spec.name() + "'")
            .takes(JSON, object(RECORDS, array(bodies.row())), example)
            .requiresBody(
                "Rows by the names of columns. They may also be in `dataframe_split`, `instances`"
                    + " or `inputs`, or records of CSV (`text/csv`). Most rows of a request: "
                    + spec.limits().maxRows());
    ServiceHeaders.addTo(operation, spec);
    ApiFailures.add(
        operation, spec, ApiFailures.of(spec), response -> response.content(JSON, error));
    JsonObject predictions = object("predictions", ServiceResponses.of(spec, document).rows());
    operation
        .answers(
            "200", withHeaders(new ApiResponse("The predictions").content(JSON, predictions), spec))
        .answers("204", withHeaders(new ApiResponse("There is none"), spec))
        .answers(
            "default",
            withHeaders(new ApiResponse("A reply to one row, with a status of its own"), spec));
    document.add(new ServicePath(path), "POST", operation);
  }

  private static ApiResponse withHeaders(ApiResponse response, ServiceSpec spec) {
    ServiceHeaders.addTo(response, spec);
    return response;
  }

  private static JsonObject error() {
    return new JsonObject()
        .put("type", "object")
        .put("required", JsonArray.of("error_code", "message"))
        .put("properties", new JsonObject().put("error_code", TEXT).put("message", TEXT));
  }
}
