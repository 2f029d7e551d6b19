package io.sparkwire.examples;

import org.apache.spark.sql.SparkSession;

/** Spark in the JVM of a test. */
final class LocalSpark {

  private LocalSpark() {}

  /** Starts it with two task slots, and as many tries of a task as a service may need. */
  static SparkSession start() {
    return SparkSession.builder()
        .master("local[2,1000]")
        .config("spark.ui.enabled", "false")
        .getOrCreate();
  }
}
