package io.sparkwire.app;

import io.sparkwire.log.FirstLine;
import io.sparkwire.model.ModelDirectory;
import io.sparkwire.model.ModelVersion;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.thread.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * A watcher for new versions of the model that a service runs; it switches to each once its files
 * have stopped changing.
 *
 * <p>A version that cannot be loaded or started is reported once, and the one before stays until
 * the files change again. Runs on: a thread of its own. Not thread-safe otherwise.
 */
final class ModelWatch {

  /** How often it polls; files that are the same at two polls are complete. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ModelDirectory directory;
  private final Function<ModelVersion, ServingWriter> writer;
  private final Console console;
  private ModelVersion tried;
  private ModelVersion seen;

  /**
   * @param serving the version that is served at first
   * @param writer describes the service with a version of the model
   */
  ModelWatch(
      ModelDirectory directory,
      ModelVersion serving,
      Function<ModelVersion, ServingWriter> writer,
      Console console) {
    this.directory = directory;
    this.tried = serving;
    this.writer = writer;
    this.console = console;
  }

  /** Polls for new versions for as long as the service runs. */
  void follow(ServingQuery query) {
    DaemonThreads.start("sparkwire-model-watch", () -> poll(query));
  }

  private void poll(ServingQuery query) {
    try {
      while (query.isActive()) {
        check(query);
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(ServingQuery query) {
    Optional<ModelVersion> newest = directory.newest();
    if (newest.isPresent() && isCompleteAndNew(newest.get())) {
      tried = newest.get();
      replace(query, tried);
    }
    seen = newest.orElse(null);
  }

  private boolean isCompleteAndNew(ModelVersion newest) {
    return !newest.equals(tried) && newest.equals(seen);
  }

  private void replace(ServingQuery query, ModelVersion version) {
    try {
      query.replace(writer.apply(version));
      console.out().println("Now serving version " + version.name() + ".");
    } catch (RuntimeException e) {
      if (query.isActive()) { // otherwise it was stopped meanwhile
        console
            .err()
            .println(
                "Version "
                    + version.name()
                    + " does not start, the one before goes on: "
                    + FirstLine.of(e));
      }
    }
  }
}
