package io.sparkwire.app;

import io.sparkwire.spark.SparkMaster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say how Spark runs, and how the program starts and stops. */
final class RunArguments {

  /** All cores, and as many tries of a task as there may be requests that make it fail. */
  private static final String LOCAL = "local[*," + Integer.MAX_VALUE + "]";

  @Mixin private DrainArguments drain;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark's master (default: this JVM, with a task slot for every core and any number of"
              + " retries).")
  private String master;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      split = "\n",
      splitSynopsisLabel = "",
      description = "A setting of Spark; may be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private ProgramArguments program;

  /**
   * @throws IllegalArgumentException if one of them cannot be read
   */
  void check() {
    drainTimeout();
  }

  Duration drainTimeout() {
    return drain.timeout();
  }

  SparkLog log() {
    return program.log();
  }

  /** Whether Spark's tasks run in this JVM, so that its own node computes requests. */
  boolean isLocal() {
    return SparkMaster.isLocal(conf("sparkwire", Map.of()).get("spark.master"));
  }

  /**
   * Starts Spark, in this JVM unless the master says otherwise.
   *
   * @param usual settings that stand unless others were given
   */
  SparkSession startSpark(String service, Map<String, String> usual, Progress progress) {
    log().begin();
    return progress.step(
        "starting Spark " + Version.spark(),
        () -> SparkSession.builder().config(conf("sparkwire " + service, usual)).getOrCreate());
  }

  private SparkConf conf(String application, Map<String, String> usual) {
    SparkConf conf = new SparkConf(); // has what spark-submit or the JVM's properties say
    settings.forEach(conf::set);
    if (master != null) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", LOCAL);
    conf.setIfMissing("spark.app.name", application);
    conf.setIfMissing("spark.ui.enabled", "false");
    usual.forEach(conf::setIfMissing);
    if (SparkMaster.isLocal(conf.get("spark.master"))) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1"); // nobody else is to reach it
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    if (log().levelAtStart() != null) {
      conf.setIfMissing("spark.log.level", log().levelAtStart());
    }
    return conf;
  }
}
