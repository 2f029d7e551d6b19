package io.sparkwire.peer;

import org.apache.spark.sql.SparkSession;

/** Spark in this JVM, on all cores and on loopback alone. Stateless. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession start() {
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
    return spark;
  }
}
