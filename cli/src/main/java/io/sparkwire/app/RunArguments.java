package io.sparkwire.app;

import io.sparkwire.logging.SparkLog;
import io.sparkwire.spark.node.SparkMaster;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;

/** The arguments that say how Spark runs, and how a program that serves starts and stops. */
final class RunArguments {

  @Mixin private DrainArguments drain;
  @Mixin private SparkArguments spark;

  /**
   * @throws IllegalArgumentException if one of them cannot be read
   */
  void check() {
    drainTimeout();
    spark.check();
  }

  /** Spark's settings, as far as they are known before it starts. */
  SparkConf conf() {
    return spark.conf();
  }

  Duration drainTimeout() {
    return drain.timeout();
  }

  SparkLog log() {
    return spark.log();
  }

  /** Whether Spark's tasks run in this JVM, so that its own node computes requests. */
  boolean isLocal() {
    return SparkMaster.isLocal(conf().get("spark.master"));
  }

  /**
   * Starts Spark, in this JVM unless the master says otherwise.
   *
   * @param usual settings that apply unless others were given
   */
  SparkSession startSpark(String service, Map<String, String> usual, Progress progress) {
    log().begin();
    return progress.step("starting Spark " + Version.spark(), () -> spark.start(service, usual));
  }
}
