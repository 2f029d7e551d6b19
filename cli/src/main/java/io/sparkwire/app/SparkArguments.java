package io.sparkwire.app;

import io.sparkwire.logging.SparkLog;
import io.sparkwire.spark.TemporaryDirectory;
import io.sparkwire.spark.node.SparkMaster;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say how Spark runs. */
final class SparkArguments {

  /** All cores, and as many tries of a task as there may be requests that make it fail. */
  private static final String LOCAL = "local[*," + Integer.MAX_VALUE + "]";

  private static final String LOCAL_DIR = "spark.local.dir";
  private static final String UI = "spark.ui.enabled";

  /** The only thing by which Spark's UI can be told where to listen. */
  private static final String UI_ADDRESS = "SPARK_LOCAL_IP";

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
    SparkSettings.check(settings);
    SparkConf conf = conf();
    SparkMaster.check(conf.get("spark.master"));
    checkUi(conf);
  }

  /** The UI has no password, and would listen on all interfaces. */
  private static void checkUi(SparkConf conf) {
    if (conf.getBoolean(UI, false)
        && SparkMaster.isLocal(conf.get("spark.master"))
        && System.getenv(UI_ADDRESS) == null) {
      throw new IllegalArgumentException(
          "option 'spark' must not enable Spark's UI on all interfaces, got '%s=true'; start with %s=127.0.0.1 in the environment, which says where it listens"
              .formatted(UI, UI_ADDRESS));
    }
  }

  /** Spark's settings, as far as they are known before it starts. */
  SparkConf conf() {
    return conf("sparkwire", Map.of());
  }

  SparkLog log() {
    return program.log();
  }

  /**
   * Starts Spark, in this JVM unless the master says otherwise.
   *
   * @param usual settings that apply unless others were given
   */
  SparkSession start(String service, Map<String, String> usual) {
    return SparkSession.builder().config(startConf(service, usual)).getOrCreate();
  }

  /** What Spark starts with: its blocks, which have rows in them, are for its user's eyes alone. */
  SparkConf startConf(String service, Map<String, String> usual) {
    SparkConf conf = conf("sparkwire " + service, usual);
    boolean isChosen = conf.contains(LOCAL_DIR) || System.getenv("SPARK_LOCAL_DIRS") != null;
    if (!isChosen && SparkMaster.isLocal(conf.get("spark.master"))) {
      conf.set(LOCAL_DIR, TemporaryDirectory.create("sparkwire-spark").toString());
    }
    return conf;
  }

  private SparkConf conf(String application, Map<String, String> usual) {
    SparkConf conf = new SparkConf(); // has what spark-submit or the JVM's properties say
    settings.forEach(conf::set);
    if (master != null) {
      conf.setMaster(master.strip());
    }
    conf.setIfMissing("spark.master", LOCAL);
    conf.setIfMissing("spark.app.name", application);
    conf.setIfMissing(UI, "false");
    usual.forEach(conf::setIfMissing);
    if (SparkMaster.isLocal(conf.get("spark.master"))) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1"); // other machines are not to reach it
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    if (log().levelAtStart() != null) {
      conf.setIfMissing("spark.log.level", log().levelAtStart());
    }
    return conf;
  }
}
