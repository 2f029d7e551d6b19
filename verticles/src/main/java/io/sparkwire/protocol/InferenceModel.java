package io.sparkwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.endpoint.ListedService;
import io.sparkwire.exchange.Responder;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.RowFormats;
import io.sparkwire.wire.TensorColumn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the Open Inference Protocol says of one service, which it calls a model. Stateless. */
final class InferenceModel {

  static final String PLATFORM = "sparkwire";

  private static final int OK = 200;
  private static final int UNAVAILABLE = FailureCode.UNAVAILABLE.status();

  private InferenceModel() {}

  /** Sends what one of the protocol's paths says of a service. */
  @FunctionalInterface
  interface Answer {
    void send(Service service, Responder client);
  }

  /** The service that a path names, if there is one, and it has the version that the path names. */
  static Optional<ListedService> find(List<ListedService> services, Map<String, String> names) {
    String version = names.get("version");
    return services.stream()
        .filter(s -> s.service().spec().name().equals(names.get("model")))
        .filter(s -> version == null || version.equals(version(s.service().spec())))
        .findFirst();
  }

  /** The version that gets the requests. */
  static String version(ServiceSpec spec) {
    return Integer.toString(spec.schema().version());
  }

  /** The error for a path that names no service. */
  static ServiceReply unknown(Map<String, String> names) {
    String version = names.get("version");
    String model = "there is no model '" + names.get("model") + "'";
    String said = version == null ? model : model + " of version '" + version + "'";
    return InferenceErrors.of(
        ServiceFailure.of(FailureCode.UNKNOWN_PATH, said + " here").toReply());
  }

  static void sendMetadata(Service service, Responder client) {
    ServiceSpec spec = service.spec();
    client.send(
        json(
            OK,
            JsonObject.of(
                "name", spec.name(),
                "versions", JsonArray.of(version(spec)),
                "platform", PLATFORM,
                "inputs", tensors(RowFormats.inputs(spec.schema())),
                "outputs", tensors(RowFormats.outputs(spec.schema())))));
  }

  private static JsonArray tensors(List<TensorColumn> columns) {
    JsonArray tensors = new JsonArray();
    for (TensorColumn column : columns) {
      tensors.add(
          JsonObject.of(
              "name", column.name(),
              "datatype", column.type().name(),
              "shape", new JsonArray(column.shape())));
    }
    return tensors;
  }

  static void sendReadiness(Service service, Responder client) {
    boolean ready = service.isReady();
    client.send(
        json(
            ready ? OK : UNAVAILABLE,
            JsonObject.of("name", service.spec().name(), "ready", ready)));
  }

  static ServiceReply json(int status, JsonObject body) {
    return new ServiceReply(status, "application/json", List.of(), body.encode().getBytes(UTF_8));
  }
}
