package io.sparkwire.app;

import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.model.ModelLocation;
import io.sparkwire.options.Options;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingSource;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.spark.source.SparkwireOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
record ServicePlan(Map<String, String> options, Trigger trigger, int replicas, String checkpoint) {

  /**
   * @throws IllegalArgumentException if an option of the source is out of its range
   */
  ServicePlan {
    ServingSource.check(options);
  }

  String name() {
    return options.get(ServiceSpec.SERVICE.name());
  }

  /** The first method that it takes. */
  String method() {
    return RouteSpec.METHODS.from(given()).get(0).toUpperCase(Locale.ROOT);
  }

  /** The largest body that it takes. */
  private long maxBodyBytes() {
    return ServiceLimits.MAX_BODY.from(given());
  }

  /**
   * The body of the request for {@code --warm-up}.
   *
   * @throws IllegalStateException if it cannot be read, or is larger than the service takes
   */
  byte[] warmUpBody(Path file) {
    try {
      if (Files.size(file) > maxBodyBytes()) {
        throw new IllegalStateException(
            "--warm-up needs a body of at most --max-body, but '"
                + file
                + "' has "
                + Files.size(file)
                + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException("--warm-up needs a file, but cannot read '" + file + "'", e);
    }
  }

  /** Where it is going to listen. */
  ListenPoint point() {
    return ListenPoint.of(given());
  }

  private Options given() {
    return new Options(options, SparkwireOptions.ALL);
  }

  /**
   * Checks what a start will need of this machine.
   *
   * @param listens whether the service listens here
   * @throws IllegalStateException if it is not to be had
   */
  void checkSurroundings(boolean listens) {
    if (listens) {
      FreePort.check(point());
    }
    if (checkpoint != null && new ModelLocation(checkpoint).isLocal()) {
      checkDirectory(Path.of(checkpoint).toAbsolutePath());
    }
  }

  /** Where it is not there yet, one above it will get it. */
  private void checkDirectory(Path directory) {
    if (!Files.exists(directory)) {
      checkDirectory(directory.getParent());
    } else if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "--checkpoint needs a directory, but '" + directory + "' is a file");
    } else if (!Files.isWritable(directory)) {
      throw new IllegalStateException("--checkpoint cannot write to '" + directory + "'");
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
