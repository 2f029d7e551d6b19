package io.sparkwire.thread;

import java.util.concurrent.ThreadFactory;

/** Factories of threads that do not keep a JVM alive. Thread-safe. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /**
   * A factory of daemon threads that all have the same name.
   *
   * @param name as it is shown in thread dumps, like {@code sparkwire-history}
   */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Starts work on a daemon thread of its own. */
  public static void start(String name, Runnable work) {
    named(name).newThread(work).start();
  }
}
