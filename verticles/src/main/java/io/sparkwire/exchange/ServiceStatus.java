package io.sparkwire.exchange;

import io.sparkwire.cluster.ServiceSpecJson;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the status of a cluster shows of a service, as it has ever shown it. Stateless. */
final class ServiceStatus {

  private static final List<ServiceCounter> COUNTERS =
      List.of(
          ServiceCounter.ADMITTED,
          ServiceCounter.REFUSED,
          ServiceCounter.INCOMPLETE,
          ServiceCounter.UNREAD);

  private ServiceStatus() {}

  static JsonObject of(Service service, ServiceCounters counters) {
    JsonObject schema = ServiceSpecJson.write(service.spec().schema());
    JsonObject status =
        new JsonObject()
            .put("name", service.spec().name())
            .put("path", service.spec().route().path());
    if (!schema.isEmpty()) {
      status.put("schema", schema);
    }
    status.put("inFlight", service.inFlight());
    status.put("maxInFlight", service.spec().limits().maxInFlight());
    COUNTERS.forEach(counter -> status.put(counter.key(), counters.sum(counter)));
    return status;
  }
}
