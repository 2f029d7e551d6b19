package io.sparkwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.endpoint.ListedService;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.version.Release;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the Open Inference Protocol says of a listener with all of its services.
 *
 * <p>Thread-safe.
 */
record InferenceServer(List<ListedService> services) {

  private static final int OK = 200;
  private static final int UNAVAILABLE = FailureCode.UNAVAILABLE.status();

  ServiceReply metadata() {
    return InferenceModel.json(
        OK,
        JsonObject.of(
            "name", InferenceModel.PLATFORM,
            "version", Release.current().version(),
            "extensions", JsonArray.of("binary_tensor_data")));
  }

  ServiceReply live() {
    return InferenceModel.json(OK, JsonObject.of("live", true));
  }

  /** Whether all services are ready. */
  ServiceReply ready() {
    boolean ready = services.stream().map(ListedService::service).allMatch(Service::isReady);
    return InferenceModel.json(
        ready ? OK : UNAVAILABLE, JsonObject.of("ready", ready, "live", true));
  }

  /** The index of Triton's model repository, with the services that the client may use. */
  ServiceReply index(HttpServerRequest http) {
    JsonArray index = new JsonArray();
    for (ListedService listed : ListedService.usable(http, services)) {
      Service service = listed.service();
      index.add(
          JsonObject.of(
              "name",
              service.spec().name(),
              "version",
              InferenceModel.version(service.spec()),
              "state",
              service.isReady() ? "READY" : "UNAVAILABLE",
              "reason",
              ""));
    }
    return ServiceReply.ok("application/json", index.encode().getBytes(UTF_8));
  }
}
