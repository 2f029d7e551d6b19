package io.sparkwire.control;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the readers of one version of a pipeline are doing, on one node or on all. Immutable.
 *
 * @param known whether any node has had a reader for it
 * @param drained whether its epochs should begin only when requests are queued
 * @param ending whether no epoch should begin any more
 * @param queued how many requests wait for a reader
 * @param openReaders how many readers hand over requests as they arrive
 * @param timesOpened how often readers of each query replica have opened
 * @param unfinished how many requests that each query has pulled are unfinished
 */
public record VersionStatus(
    boolean known,
    boolean drained,
    boolean ending,
    int queued,
    int openReaders,
    Map<Integer, Long> timesOpened,
    Map<String, Integer> unfinished) {

  /** No node has had a reader for it. */
  public static final VersionStatus UNKNOWN =
      new VersionStatus(false, false, false, 0, 0, Map.of(), Map.of());

  public VersionStatus {
    timesOpened = Map.copyOf(timesOpened);
    unfinished = Map.copyOf(unfinished);
  }

  /** Both together. */
  VersionStatus plus(VersionStatus other) {
    Map<Integer, Long> times = new HashMap<>(timesOpened);
    other.timesOpened.forEach((replica, n) -> times.merge(replica, n, Long::sum));
    Map<String, Integer> left = new HashMap<>(unfinished);
    other.unfinished.forEach((query, n) -> left.merge(query, n, Integer::sum));
    return new VersionStatus(
        known || other.known,
        drained || other.drained,
        ending || other.ending,
        queued + other.queued,
        openReaders + other.openReaders,
        times,
        left);
  }

  /** The same with the openings that are counted there. */
  VersionStatus openedAs(VersionStatus counted) {
    return new VersionStatus(
        known, drained, ending, queued, openReaders, counted.timesOpened, unfinished);
  }

  /** How often readers of a query replica have opened. */
  public long timesOpened(int replica) {
    return timesOpened.getOrDefault(replica, 0L);
  }

  /** How many requests that a query has pulled are unfinished. */
  public int unfinished(String query) {
    return unfinished.getOrDefault(query, 0);
  }

  /** How many requests that all of its queries have pulled are unfinished. */
  public int allUnfinished() {
    return unfinished.values().stream().mapToInt(Integer::intValue).sum();
  }

  JsonObject toJson() {
    JsonObject times = new JsonObject();
    new TreeMap<>(timesOpened).forEach((replica, n) -> times.put(replica.toString(), n));
    JsonObject left = new JsonObject();
    new TreeMap<>(unfinished).forEach(left::put);
    return new JsonObject()
        .put("known", known)
        .put("drained", drained)
        .put("ending", ending)
        .put("queued", queued)
        .put("openReaders", openReaders)
        .put("timesOpened", times)
        .put("unfinished", left);
  }

  static VersionStatus parse(JsonObject json) {
    Map<Integer, Long> times = new HashMap<>();
    JsonObject opened = json.getJsonObject("timesOpened");
    opened.fieldNames().forEach(key -> times.put(Integer.valueOf(key), opened.getLong(key)));
    Map<String, Integer> left = new HashMap<>();
    JsonObject unfinished = json.getJsonObject("unfinished");
    unfinished.fieldNames().forEach(key -> left.put(key, unfinished.getInteger(key)));
    return new VersionStatus(
        json.getBoolean("known"),
        json.getBoolean("drained"),
        json.getBoolean("ending"),
        json.getInteger("queued"),
        json.getInteger("openReaders"),
        times,
        left);
  }
}
