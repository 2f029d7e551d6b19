package io.sparkwire.spark;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a Spark session of four task slots, started once for all of them. */
public final class TestSpark implements ParameterResolver {

  public static final int SLOTS = 4;

  /** As many retries as a test may make tasks fail. */
  public static final String MASTER = "local[" + SLOTS + ",10000]";

  /** The session of all tests in this JVM. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master(MASTER)
        .appName("sparkwire-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.hadoop.fs.file.impl", TestFileSystem.class.getName())
        .config("spark.hadoop.fs.AbstractFileSystem.file.impl", TestFiles.class.getName())
        .getOrCreate();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return session();
  }
}
