package io.sparkwire.app;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Settings for the many small queries by which Spark loads a model: each is run once, and to
 * generate and compile code for it would take longer than it saves.
 *
 * <p>They hold for the whole session while the work is done, and a streaming query that started
 * then would keep them: so only before there is one. Runs on: driver, its main thread. Not
 * thread-safe.
 */
final class OneOffQueries {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  private OneOffQueries() {}

  /** Does the work under these settings, and puts those of before back. */
  static <T> T during(SparkSession spark, Supplier<T> work) {
    RuntimeConfig conf = spark.conf();
    Map<String, String> before = new HashMap<>();
    SETTINGS.forEach(
        (key, value) -> {
          before.put(key, conf.contains(key) ? conf.get(key) : null);
          conf.set(key, value);
        });
    try {
      return work.get();
    } finally {
      before.forEach((key, value) -> restore(conf, key, value));
    }
  }

  private static void restore(RuntimeConfig conf, String key, String value) {
    if (value == null) {
      conf.unset(key);
    } else {
      conf.set(key, value);
    }
  }
}
