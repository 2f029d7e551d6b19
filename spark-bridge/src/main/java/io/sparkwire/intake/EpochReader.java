package io.sparkwire.intake;

import io.sparkwire.history.EpochHistory;
import io.sparkwire.message.PendingRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The source of one reader's requests in one epoch: first what an earlier attempt left unfinished,
 * then what the intake has.
 *
 * <p>Every request is in the history before the pipeline sees it. A request that was in the
 * pipeline when the pipeline failed is a suspect: it goes in alone, after all others have come out,
 * and nothing follows until it has come out itself. A pipeline that passes rows one by one is not
 * held up by that; one that collects rows must end the epoch to let the suspect out, so the reader
 * then reports the end.
 *
 * <p>Runs on: task thread, always the same, which becomes known at the first call. {@link #failed}
 * may be called on another thread. Not thread-safe otherwise.
 */
public final class EpochReader implements AutoCloseable {

  private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final Intake intake;
  private final EpochHistory.Attempt attempt;
  private final Quarantine quarantine;
  private final LeftOut leftOut;
  private Intake.Waiter waiter;
  private PendingRequest next;
  private PendingRequest last;
  private final Closing closing;
  private boolean oneByOne;
  private volatile State state = State.READING;

  // READING ──returns null──▶ ENDED
  //    └────────────┬───────────┘
  //                 ├──task succeeds──▶ SUCCEEDED ──▶ CLOSED
  //                 └───────────────────────────────▶ CLOSED   Spark may close it before it tells

  private enum State {
    READING,
    /** It has returned null, or failed: what it did not hand over goes back. */
    ENDED,
    SUCCEEDED,
    CLOSED
  }

  /** Called once when a reader has closed, with whether its task had succeeded before. */
  @FunctionalInterface
  interface Closing {
    void closed(boolean succeeded);
  }

  EpochReader(
      Intake intake,
      EpochHistory.Attempt attempt,
      Quarantine quarantine,
      LeftOut leftOut,
      Closing closing) {
    this.intake = intake;
    this.attempt = attempt;
    this.quarantine = quarantine;
    this.leftOut = leftOut;
    this.closing = closing;
  }

  /**
   * From now on, asking for the next request means that the row of the one before has come out of
   * the pipeline, or was left out there.
   */
  public void passesOneByOne() {
    oneByOne = true;
  }

  /** The next request that is there now; null if the epoch should end. */
  public PendingRequest poll() {
    answerIfLeftOut();
    draw();
    return handOverOrEnd();
  }

  /**
   * The next request, for which it waits.
   *
   * @param deadlineNanos until when, in the time of {@link System#nanoTime}
   * @return null if the epoch should end: the deadline has passed, the intake ends, or a suspect
   *     must be let out
   * @throws InterruptedException if the task is to end
   */
  public PendingRequest take(long deadlineNanos) throws InterruptedException {
    answerIfLeftOut();
    await(deadlineNanos);
    return handOverOrEnd();
  }

  /**
   * The same as {@link #take} for a reader that cannot end its epoch: it waits until suspects have
   * come out, and returns null only when it is asked again after the deadline.
   */
  public PendingRequest takeInEndlessEpoch(long deadlineNanos) throws InterruptedException {
    await(deadlineNanos);
    while (isHeldUp()) {
      LockSupport.parkNanos(this, POLL_NANOS);
      checkInterrupt();
    }
    return handOverOrEnd();
  }

  private void answerIfLeftOut() {
    if (oneByOne && last != null && last.isOpen()) {
      leftOut.answer(last);
    }
  }

  private void await(long deadlineNanos) throws InterruptedException {
    if (waiter == null) {
      waiter = intake.enter();
    }
    draw();
    while (mayWait() && deadlineNanos - System.nanoTime() > 0) {
      waiter.park(deadlineNanos);
      checkInterrupt();
      draw();
    }
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the task was interrupted while it waited for requests");
    }
  }

  private void draw() {
    if (next == null) {
      next = quarantine.admitted(attempt);
    }
    if (next == null && attempt.takesNew()) {
      next = drawn();
    }
  }

  private PendingRequest drawn() {
    try {
      return attempt.draw(intake::poll);
    } catch (IllegalStateException e) {
      state = State.ENDED; // what was taken goes back
      throw e;
    }
  }

  /** Whether there is more to come than what is to be replayed. */
  private boolean mayWait() {
    return next == null && attempt.takesNew() && !intake.isEnding();
  }

  private boolean isHeldUp() {
    if (next == null || !attempt.takesNew()) { // the same requests again leave none out
      return false;
    }
    boolean suspectInside = last != null && last.suspicion().isRaised() && last.isOpen();
    return suspectInside || (next.suspicion().isRaised() && !attempt.handedOver().isEmpty());
  }

  private PendingRequest handOverOrEnd() {
    if (next == null || isHeldUp() || !attempt.pulled(next)) {
      state = State.ENDED;
      return null;
    }
    last = next;
    next = null;
    last.taken();
    return last;
  }

  /**
   * The task failed, with what it was handed and did not finish in its pipeline.
   *
   * @return whether it was handed anything
   */
  public boolean failed(FailureCause cause) {
    boolean isAlone = oneByOne || !attempt.mayHaveHandedOverMore();
    quarantine.failed(attempt.handedOver(), isAlone, cause);
    attempt.failed();
    return last != null;
  }

  /**
   * The task ended well: what it did not hand over, because its epoch was over before, is for
   * others.
   */
  public void succeeded() {
    if (state != State.CLOSED) {
      state = State.SUCCEEDED;
    }
    attempt.complete();
    attempt.giveBack().forEach(intake::giveBack);
  }

  @Override
  public void close() {
    if (next != null) {
      intake.giveBack(next);
      next = null;
    }
    State before = state;
    state = State.CLOSED;
    if (before == State.ENDED) {
      attempt.giveBack().forEach(intake::giveBack);
    }
    if (waiter != null) {
      waiter.leave();
      waiter = null;
    }
    if (before != State.CLOSED) {
      closing.closed(before == State.SUCCEEDED);
    }
  }
}
