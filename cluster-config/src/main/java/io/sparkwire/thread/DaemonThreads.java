package io.sparkwire.thread;

import java.util.concurrent.ThreadFactory;

/** How threads that do not keep a JVM alive begin and end. Thread-safe. */
public final class DaemonThreads {

  private static final long INTERRUPT_AGAIN_MILLIS = 100;

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

  /**
   * Interrupts a thread until it has ended, because its work may swallow an interrupt. Returns when
   * it has ended; an interrupt of the calling thread is kept for later.
   */
  public static void end(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join(INTERRUPT_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
