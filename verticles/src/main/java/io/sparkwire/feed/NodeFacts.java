package io.sparkwire.feed;

import io.vertx.core.json.JsonObject;

/**
 * What a JVM says of itself. Thread-safe.
 *
 * @param release of Sparkwire that it runs
 * @param started when the node was made, in milliseconds since 1970
 */
record NodeFacts(String release, long started) {

  JsonObject toJson() {
    Runtime jvm = Runtime.getRuntime();
    return new JsonObject()
        .put("release", release)
        .put("started", started)
        .put("processors", jvm.availableProcessors())
        .put("heapUsed", jvm.totalMemory() - jvm.freeMemory())
        .put("heapMax", jvm.maxMemory())
        .put("nanos", System.nanoTime());
  }
}
