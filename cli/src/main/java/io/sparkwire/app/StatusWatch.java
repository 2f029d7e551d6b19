package io.sparkwire.app;

import io.sparkwire.console.ClusterView;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shows the status of a cluster again and again, until it is stopped: in a terminal in the same
 * place, otherwise one below the other.
 *
 * <p>Runs on: the main thread, but for {@link #stop}. Thread-safe.
 */
final class StatusWatch {

  /** To the upper left corner, and after the text: clear what was below it before. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR_LINE = "\u001b[K\n";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final Function<JsonObject, String> text;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param text what is shown of a frame
   */
  StatusWatch(PrintWriter out, boolean isTerminal, Function<JsonObject, String> text) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.text = text;
  }

  /** Shows a frame each time the interval has passed. Blocks until it is stopped. */
  void run(ClusterView view, Duration interval) throws InterruptedException {
    if (isTerminal) {
      out.print(HOME + CLEAR_BELOW);
    }
    do {
      show(text.apply(view.poll().await()));
    } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
  }

  void stop() {
    stopped.countDown();
  }

  private void show(String status) {
    if (isTerminal) {
      out.print(HOME + status.replace("\n", CLEAR_LINE) + CLEAR_BELOW);
    } else {
      out.print(status);
    }
    out.flush();
  }
}
