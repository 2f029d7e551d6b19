package io.sparkwire.control;

import io.sparkwire.exchange.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load of a service, on one node or on all. Immutable.
 *
 * @param served whether any node serves it
 * @param openReaders how many readers hand over its requests as they arrive
 * @param inFlight how many are waiting for their reply
 * @param addresses where clients find it, as {@code host:port}
 */
public record ServiceLoad(
    boolean served, int openReaders, int inFlight, Service.Counts counts, List<String> addresses) {

  /** No node serves it. */
  public static final ServiceLoad NONE =
      new ServiceLoad(false, 0, 0, Service.Counts.NONE, List.of());

  public ServiceLoad {
    addresses = List.copyOf(addresses);
  }

  /** Both together. */
  ServiceLoad plus(ServiceLoad other) {
    return new ServiceLoad(
        served || other.served,
        openReaders + other.openReaders,
        inFlight + other.inFlight,
        counts.plus(other.counts),
        Stream.concat(addresses.stream(), other.addresses.stream()).sorted().toList());
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("served", served)
        .put("openReaders", openReaders)
        .put("inFlight", inFlight)
        .put("counts", counts.toJson())
        .put("addresses", new JsonArray(addresses));
  }

  static ServiceLoad parse(JsonObject json) {
    return new ServiceLoad(
        json.getBoolean("served"),
        json.getInteger("openReaders"),
        json.getInteger("inFlight"),
        Service.Counts.parse(json.getJsonObject("counts")),
        json.getJsonArray("addresses").stream().map(Object::toString).toList());
  }
}
