package io.sparkwire.protocol;

import static io.sparkwire.protocol.JsonSchemas.array;
import static io.sparkwire.protocol.JsonSchemas.object;
import static io.sparkwire.protocol.JsonSchemas.type;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The paths of {@link InferenceEndpoints}, without those that name a version. */
final class InferenceApi implements ApiPart {

  private static final String TAG = "Open Inference Protocol";
  private static final String ROOT = "/v2";
  private static final String JSON = "application/json";
  private static final String TENSORS =
      "One tensor for each column, with a value for each row; the example has one row. Shapes are"
          + " `[n]` or `[n,1]`, and `[n,k]` for arrays and vectors. There may be `id`, and `outputs`"
          + " with the names of those to return. Tensors may also follow in binary, with"
          + " `Inference-Header-Content-Length`. Most rows of a request: ";

  @Override
  public void describe(List<Service> services, ApiDocument document) {
    List<ServiceSpec> spoken =
        services.stream()
            .map(Service::spec)
            .filter(spec -> spec.speaks(ServiceProtocol.V2))
            .toList();
    if (spoken.isEmpty()) {
      return;
    }
    JsonObject error = document.schema("InferenceError", object("error", type("string")));
    get(document, "", "The server", new ApiResponse("Its name, version and extensions"));
    get(document, "/health/live", "Whether the server lives", new ApiResponse("It does"));
    getReady(document, "/health/ready", "Whether all models are ready", error);
    add(
        document,
        "/repository/index",
        "POST",
        operation("/repository/index", "All models")
            .answers(
                "200",
                new ApiResponse("Their names, versions and states")
                    .content(JSON, array(type("object")))));
    for (ServiceSpec spec : spoken) {
      String model = "/models/" + spec.name();
      String name = "'" + spec.name() + "'";
      get(document, model, "The inputs and outputs of " + name, new ApiResponse("They"));
      getReady(document, model + "/ready", "Whether " + name + " is ready", error);
      add(document, model + "/infer", "POST", infer(spec, document, error));
    }
  }

  private static ApiOperation operation(String path, String summary) {
    return new ApiOperation("v2" + path.replace('/', '.'), TAG, summary);
  }

  private static void add(
      ApiDocument document, String path, String method, ApiOperation operation) {
    document.add(new ServicePath(ROOT + path), method, operation);
  }

  private static void get(ApiDocument document, String path, String summary, ApiResponse is) {
    add(
        document,
        path,
        "GET",
        operation(path, summary).answers("200", is.content(JSON, type("object"))));
  }

  private static void getReady(
      ApiDocument document, String path, String summary, JsonObject error) {
    JsonObject state = type("object");
    add(
        document,
        path,
        "GET",
        operation(path, summary)
            .answers("200", new ApiResponse("Ready").content(JSON, state))
            .answers(
                "503", new ApiResponse("Not ready").content(JSON, state).content(JSON, error)));
  }

  private static ApiOperation infer(ServiceSpec spec, ApiDocument document, JsonObject error) {
    JsonObject row = new RequestBodies(spec, document).example();
    JsonArray inputs = ExampleTensors.of(spec.schema(), row);
    JsonObject body = object("inputs", type("array").put("enum", JsonArray.of(inputs)));
    ApiOperation operation =
        operation("/models/" + spec.name() + "/infer", "Infer with '" + spec.name() + "'")
            .takes(JSON, body, JsonObject.of("inputs", inputs))
            .requiresBody(TENSORS + spec.limits().maxRows());
    ServiceHeaders.addTo(operation, spec);
    ApiFailures.add(
        operation, spec, ApiFailures.of(spec), response -> response.content(JSON, error));
    JsonObject outputs = object("outputs", array(type("object")));
    return operation
        .answers("200", of(spec, new ApiResponse("The outputs").content(JSON, outputs)))
        .answers("204", of(spec, new ApiResponse("All rows were left out")))
        .answers(
            "default", of(spec, new ApiResponse("A reply to one row, with a status of its own")));
  }

  private static ApiResponse of(ServiceSpec spec, ApiResponse response) {
    ServiceHeaders.addTo(response, spec);
    return response;
  }
}
