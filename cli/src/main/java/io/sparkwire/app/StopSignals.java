package io.sparkwire.app;

import java.util.List;
import java.util.function.IntConsumer;
import org.apache.spark.util.SignalUtils;

/**
 * The handler of SIGTERM and SIGINT: they end a running service in good order, otherwise the
 * program at once, with exit code 0 either way.
 *
 * <p>A service is stopped before the JVM begins to shut down, since Spark's own shutdown hooks
 * would take the tasks away from under its requests. Thread-safe.
 */
final class StopSignals {

  private static final List<String> NAMES = List.of("TERM", "INT");

  private Runnable stop;
  private boolean received;

  /**
   * @param exit ends the JVM with an exit code
   */
  StopSignals(IntConsumer exit) {
    this.stop = () -> exit.accept(0);
  }

  /** Takes these signals over from the JVM. */
  void listen() {
    for (String name : NAMES) {
      SignalUtils.register(
          name,
          () -> {
            receive();
            return true; // so Spark passes it on to no other handler
          });
    }
  }

  /** Sets what a signal does from now on; the command then returns by itself. */
  synchronized void onSignal(Runnable action) {
    stop = action;
  }

  private void receive() {
    Runnable action;
    synchronized (this) {
      received = true;
      action = stop;
    }
    action.run();
  }

  /** Whether the program has got a signal to stop. */
  synchronized boolean received() {
    return received;
  }
}
