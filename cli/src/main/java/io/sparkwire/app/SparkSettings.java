package io.sparkwire.app;

import io.sparkwire.log.FirstLine;
import java.util.List;
import java.util.Map;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.Kryo$;
import org.apache.spark.internal.config.Network$;
import org.apache.spark.internal.config.UI$;
import org.apache.spark.sql.internal.SQLConf;

/** The check of settings of Spark, which Spark itself reads late or not at all. Stateless. */
final class SparkSettings {

  /** Spark enters its settings in its registry when these are made, and so they have to be. */
  private static final List<Object> REGISTERED =
      List.of(
          org.apache.spark.internal.config.package$.MODULE$,
          UI$.MODULE$,
          Network$.MODULE$,
          Kryo$.MODULE$);

  private SparkSettings() {}

  /**
   * @throws IllegalArgumentException if one does not begin with {@code spark.}, and so would have
   *     no effect, or has a value that Spark cannot read
   */
  static void check(Map<String, String> settings) {
    settings.forEach(SparkSettings::check);
  }

  private static void check(String key, String value) {
    if (!key.startsWith("spark.")) {
      throw new IllegalArgumentException(
          "option 'spark' must be KEY=VALUE with a key that begins with 'spark.', got '"
              + key
              + "="
              + value
              + "'");
    }
    if (!value.contains("${")) { // otherwise Spark would substitute it
      read(key, value);
    }
  }

  private static void read(String key, String value) {
    try {
      ConfigEntry<?> entry = REGISTERED.isEmpty() ? null : ConfigEntry.findEntry(key);
      if (entry != null) {
        entry.valueConverter().apply(value);
      }
      new SQLConf().setConfString(key, value);
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      throw new IllegalArgumentException(
          "option 'spark' has a value that Spark refuses, '"
              + key
              + "="
              + value
              + "': "
              + FirstLine.of(e),
          e);
    }
  }
}
