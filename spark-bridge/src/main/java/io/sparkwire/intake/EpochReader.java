package io.sparkwire.intake;

import io.sparkwire.history.EpochHistory;
import io.sparkwire.protocol.PendingRequest;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One reader's way through one epoch: what an earlier attempt left unfinished, then what the intake
 * has.
 *
 * <p>Every request is in the history before anybody sees it. Runs on: task thread, always the same,
 * which becomes known at the first call. Not thread-safe.
 */
public final class EpochReader implements AutoCloseable {

  private final Intake intake;
  private final EpochHistory.Attempt attempt;
  private final Queue<PendingRequest> replay;
  private Intake.Waiter waiter;

  EpochReader(Intake intake, EpochHistory.Attempt attempt) {
    this.intake = intake;
    this.attempt = attempt;
    this.replay = new ArrayDeque<>(attempt.unfinished());
  }

  /** The next request that is there now, or null. */
  public PendingRequest poll() {
    PendingRequest replayed = replay.poll();
    while (replayed != null && !replayed.isOpen()) {
      replayed = replay.poll();
    }
    if (replayed != null) {
      return replayed;
    }
    PendingRequest fresh = intake.poll();
    if (fresh != null) {
      attempt.pulled(fresh);
    }
    return fresh;
  }

  /**
   * The next request, for which it waits.
   *
   * @param deadlineNanos until when, in the time of {@link System#nanoTime}
   * @return null if the deadline has passed or the intake ends
   * @throws InterruptedException if the task is to end
   */
  public PendingRequest take(long deadlineNanos) throws InterruptedException {
    if (waiter == null) {
      waiter = intake.enter();
    }
    PendingRequest request = poll();
    while (request == null && !intake.isEnding() && deadlineNanos - System.nanoTime() > 0) {
      waiter.park(deadlineNanos);
      if (Thread.interrupted()) {
        throw new InterruptedException("the task was told to end while it waited for requests");
      }
      request = poll();
    }
    return request;
  }

  @Override
  public void close() {
    if (waiter != null) {
      waiter.leave();
      waiter = null;
    }
  }
}
