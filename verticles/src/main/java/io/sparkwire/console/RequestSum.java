package io.sparkwire.console;

import io.sparkwire.feed.ServiceReading;
import io.sparkwire.feed.ServiceReading.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The requests of one service by their kinds, of all nodes together. Not thread-safe. */
final class RequestSum {

  private final Map<Kind, Count> counts = new HashMap<>();

  /**
   * How many there were.
   *
   * @param all since the start of the nodes
   * @param rate in the last seconds, for each of them
   */
  private record Count(long all, double rate) {

    static final Count NONE = new Count(0, 0);

    Count plus(Count other) {
      return new Count(all + other.all, rate + other.rate);
    }
  }

  /**
   * Adds those of a node between two readings.
   *
   * @param seconds between them; 0 if they are the same
   */
  void add(ServiceReading from, ServiceReading to, double seconds) {
    to.requests()
        .forEach(
            (kind, all) -> {
              long more = all - from.requests().getOrDefault(kind, 0L);
              counts.merge(kind, new Count(all, seconds > 0 ? more / seconds : 0), Count::plus);
            });
  }

  private Count sum(Predicate<Kind> which) {
    return counts.entrySet().stream()
        .filter(count -> which.test(count.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Count.NONE, Count::plus);
  }

  void writeTo(JsonObject json) {
    Count all = sum(kind -> true);
    Count errors = sum(Kind::isError);
    json.put("requests", all.all())
        .put("rate", all.rate())
        .put("errorRate", errors.rate())
        .put("errors", errors())
        .put("versions", versions());
  }

  private JsonArray errors() {
    JsonArray errors = new JsonArray();
    grouped(kind -> kind.isError() ? new Kind("", kind.status(), kind.failure()) : null)
        .entrySet()
        .stream()
        .sorted(Comparator.comparing(error -> -error.getValue().all()))
        .forEach(
            error ->
                errors.add(
                    write(error.getValue())
                        .put("status", error.getKey().status())
                        .put("failure", error.getKey().failure())));
    return errors;
  }

  private JsonArray versions() {
    JsonArray versions = new JsonArray();
    for (String version : new java.util.TreeSet<>(grouped(Kind::version).keySet())) {
      Count all = sum(kind -> kind.version().equals(version));
      Count failed = sum(kind -> kind.version().equals(version) && kind.isError());
      versions.add(
          write(all)
              .put("version", version)
              .put("errors", failed.all())
              .put("errorRate", failed.rate()));
    }
    return versions;
  }

  /** The counts of those that have the same group; not of those that have none. */
  private <G> Map<G, Count> grouped(Function<Kind, G> group) {
    return counts.entrySet().stream()
        .filter(count -> group.apply(count.getKey()) != null)
        .collect(
            Collectors.toMap(
                count -> group.apply(count.getKey()), Map.Entry::getValue, Count::plus));
  }

  private static JsonObject write(Count count) {
    return new JsonObject().put("requests", count.all()).put("rate", count.rate());
  }
}
