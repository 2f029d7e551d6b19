package io.sparkwire.app;

import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;

/**
 * A started service until it ends: what is shown of it, and how it stops.
 *
 * <p>Runs on: driver, its main thread; stops on the thread of a signal. Thread-safe.
 */
final class ServiceRun {

  private final ServicePlan plan;
  private final RunArguments arguments;
  private final Console console;
  private final StopSignals signals;

  ServiceRun(ServicePlan plan, RunArguments arguments, Console console, StopSignals signals) {
    this.plan = plan;
    this.arguments = arguments;
    this.console = console;
    this.signals = signals;
  }

  /**
   * Starts the service as the last step of a command, prints its address, and waits until it ends.
   *
   * @param started gets the running service
   * @throws IllegalStateException if its query cannot start, or failed later
   */
  void run(
      ServingWriter writer,
      Progress progress,
      SampleRequest sample,
      Consumer<ServingQuery> started) {
    ServingQuery query = progress.step("starting service '" + plan.name() + "'", writer::start);
    signals.onSignal(() -> stop(query));
    arguments.log().show(context(query));
    console.out().println();
    if (query.urls().isEmpty()) {
      console.out().println("Serving through gateways only (Ctrl-C stops it).");
    } else {
      show(query.urls(), query.url(), sample);
    }
    started.accept(query);
    awaitEnd(query);
    console.out().println("Stopped.");
  }

  private void show(List<String> urls, String first, SampleRequest sample) {
    String others = urls.size() < 2 ? "" : " and " + (urls.size() - 1) + " more";
    console.out().println("Serving at " + first + others + " (Ctrl-C stops it). Try:");
    console.out().println();
    console.out().println("  " + sample.curl(first, plan.method()));
    console.out().println();
  }

  private static void awaitEnd(ServingQuery query) {
    try {
      query.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(ServingQuery query) {
    console
        .out()
        .println(
            "Stopping: requests in flight have " + arguments.drainTimeout().toSeconds() + " s.");
    arguments.log().hide(context(query));
    query.stop(arguments.drainTimeout());
  }

  private static SparkContext context(ServingQuery query) {
    return query.queries().get(0).sparkSession().sparkContext();
  }
}
