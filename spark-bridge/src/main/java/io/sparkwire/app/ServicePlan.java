package io.sparkwire.app;

import io.sparkwire.cluster.Options;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingSource;
import io.sparkwire.spark.ServingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A service as the command line describes it, before anything of it runs. Immutable.
 *
 * @param options of the source
 * @param replicas how many query replicas; 0 for as many as fit
 * @param checkpoint where Spark keeps the query's state; null for a temporary directory
 */
record ServicePlan(
    Map<String, String> options,
    RequestSchema schema,
    Trigger trigger,
    int replicas,
    String checkpoint) {

  /**
   * @throws IllegalArgumentException if an option of the source is out of its range
   */
  ServicePlan {
    ServingSource.check(options);
  }

  String name() {
    return options.get("service");
  }

  /** The first method that it takes. */
  String method() {
    return new Options(options, options.keySet()).list("methods", List.of("POST")).get(0);
  }

  /**
   * Checks what a start will need of this machine.
   *
   * @param listens whether the service listens here
   * @throws IllegalStateException if it is not to be had
   */
  void checkSurroundings(boolean listens) {
    if (listens) {
      FreePort.check(options);
    }
    if (checkpoint != null && Files.isRegularFile(Path.of(checkpoint))) {
      throw new IllegalStateException(
          "--checkpoint needs a directory, but '" + checkpoint + "' is a file");
    }
  }

  /** All of the service but its start. */
  ServingWriter writer(SparkSession spark, ServePipeline pipeline) {
    ServingWriter writer =
        pipeline.over(Serving.on(spark).options(options).load()).replyTo(name()).trigger(trigger);
    if (replicas != 0) {
      writer.replicas(replicas);
    }
    return checkpoint == null ? writer : writer.option("checkpointLocation", checkpoint);
  }
}
