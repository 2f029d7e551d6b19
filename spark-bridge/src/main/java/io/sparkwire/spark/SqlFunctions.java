package io.sparkwire.spark;

import org.apache.spark.sql.SparkSessionExtensions;

/**
 * Functions that {@link SparkwireExtensions} installs. Implementations are found as services of the
 * JVM's {@link java.util.ServiceLoader}.
 */
public interface SqlFunctions {

  /** Adds functions, and what the planner needs for them. */
  void install(SparkSessionExtensions extensions);
}
