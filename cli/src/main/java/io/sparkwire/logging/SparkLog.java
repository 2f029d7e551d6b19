package io.sparkwire.logging;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.composite.CompositeConfiguration;
import org.apache.spark.SparkContext;

/**
 * The switch of Spark's log: shown while a service runs, from warnings upwards.
 *
 * <p>Before and after that, Spark logs what a command reports in a line of its own: that something
 * could not start, or that tasks end because they were stopped. The log's configuration begins with
 * silence. Immutable.
 *
 * @param verbose whether it is shown all the time, and all of it
 * @param format of its lines
 */
public record SparkLog(boolean verbose, LogFormat format) {

  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final String OURS = "classpath:io/sparkwire/logging/log4j2.properties";
  private static final String OURS_IN_JSON =
      OURS + ",classpath:io/sparkwire/logging/log4j2-json.properties";

  /** What speaks of failed tasks; silent in the program's configuration. */
  private static final List<String> OF_TASKS =
      List.of(
          "org.apache.spark.util.Utils",
          "org.apache.spark.sql.execution.datasources.v2.DataWritingSparkTask",
          "org.apache.spark.sql.execution.datasources.v2.WriteToDataSourceV2Exec",
          "org.apache.spark.sql.execution.streaming.continuous",
          "org.apache.spark.sql.execution.streaming.runtime.MicroBatchExecution",
          "org.apache.spark.sql.execution.streaming.MicroBatchExecution", // in Spark 4.0
          "org.apache.spark.executor.Executor",
          "org.apache.spark.scheduler.TaskSetManager");

  /** Makes the program's configuration that of the JVM, unless its user has one. */
  public static void configure() {
    System.setProperty("hazelcast.logging.type", "slf4j"); // it speaks before it has its own
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, OURS);
    }
  }

  /** The setting of Spark that has the level from the start; null for silence. */
  public String levelAtStart() {
    return verbose ? "INFO" : null;
  }

  private static boolean isOurs() {
    String used = System.getProperty(CONFIGURATION);
    return OURS.equals(used) || OURS_IN_JSON.equals(used);
  }

  /**
   * Has lines their format from now on, and Spark log failed tasks with their stack traces if it is
   * to show everything.
   */
  public void begin() {
    if (format == LogFormat.JSON && OURS.equals(System.getProperty(CONFIGURATION))) {
      System.setProperty(CONFIGURATION, OURS_IN_JSON);
      LoggerContext context = (LoggerContext) LogManager.getContext(false);
      if (!(context.getConfiguration() instanceof CompositeConfiguration)) { // it had begun before
        context.reconfigure();
      }
    }
    if (verbose && isOurs()) {
      OF_TASKS.forEach(logger -> Configurator.setLevel(logger, Level.INFO));
    }
  }

  public void show(SparkContext context) {
    setLevel(context, "WARN");
  }

  public void hide(SparkContext context) {
    setLevel(context, "OFF");
  }

  /** The same as {@link #show(SparkContext)} where there is no Spark. */
  public void show() {
    setLevel(verbose ? Level.INFO : Level.WARN);
  }

  /** The same as {@link #hide(SparkContext)} where there is no Spark. */
  public void hide() {
    setLevel(verbose ? Level.INFO : Level.OFF);
  }

  private static void setLevel(Level level) {
    if (isOurs()) {
      Configurator.setRootLevel(level);
    }
  }

  private void setLevel(SparkContext context, String level) {
    if (!verbose && isOurs()) {
      context.setLogLevel(level);
    }
  }
}
