package io.sparkwire.message;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is held against one request: whether it was in the pipeline when that failed, and how often
 * alone.
 *
 * <p>Thread-safe.
 */
public final class Suspicion {

  private final AtomicInteger failuresAlone = new AtomicInteger();
  private final AtomicInteger failuresPerhapsAlone = new AtomicInteger();
  private volatile boolean raised;
  private volatile boolean quarantined;

  /**
   * It was in the pipeline, perhaps among others, when that failed: let it go alone from now on.
   */
  public void raise() {
    raised = true;
  }

  public boolean isRaised() {
    return raised;
  }

  /** Counts a failure of the pipeline on it alone; returns how many there were. */
  public int failedAlone() {
    return failuresAlone.incrementAndGet();
  }

  /**
   * Counts a failure of the pipeline on it and perhaps on one whose client had gone; returns how
   * many of these there were.
   */
  public int failedPerhapsAlone() {
    return failuresPerhapsAlone.incrementAndGet();
  }

  /** It is never to enter the pipeline again. */
  public void quarantine() {
    quarantined = true;
  }

  public boolean isQuarantined() {
    return quarantined;
  }
}
