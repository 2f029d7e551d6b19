package io.sparkwire.onnx.session;

import java.io.File;
import java.lang.management.ManagementFactory;

/**
 * Counts the sessions that native code has opened since, by their threads: those of this process
 * that are not Java's. Sessions with {@link #THREADS} are told apart from all other native threads.
 */
public final class NativeSessions {

  /** So many that a few threads of the JVM's own do not matter. The caller's is one of them. */
  public static final int THREADS = 41;

  private final int before = nativeThreads();

  private static int nativeThreads() {
    return new File("/proc/self/task").list().length
        - ManagementFactory.getThreadMXBean().getThreadCount();
  }

  /** How many sessions are open more than at first. */
  public int open() {
    return Math.round((nativeThreads() - before) / (THREADS - 1f));
  }
}
