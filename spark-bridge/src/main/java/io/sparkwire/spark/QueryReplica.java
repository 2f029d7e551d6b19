package io.sparkwire.spark;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.SparseLog;
import io.sparkwire.log.Causes;
import io.sparkwire.log.Event;
import io.sparkwire.spark.TaskFailureWatch.TaskFailure;
import io.sparkwire.spark.source.QueryFailures;
import io.sparkwire.thread.DaemonThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streaming query of a service that is started again from its checkpoint whenever it fails.
 *
 * <p>It waits longer after each failure in a row before which no reader had opened, and gives up
 * only on permanent failures. Thread-safe. Runs on: driver, with a thread of its own.
 */
final class QueryReplica {

  private static final Logger LOG = LoggerFactory.getLogger(QueryReplica.class);

  private static final long POLL_MILLIS = 250;

  private final String name;
  private final Supplier<StreamingQuery> starter;
  private final LongSupplier timesOpened;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile StreamingQuery query;
  private volatile String endingRun;
  private volatile long openedBefore;
  private final ReplicaHealth health = new ReplicaHealth();
  private volatile Throwable hopeless;
  private final AtomicInteger restarts = new AtomicInteger();
  private final SparseLog log;
  private final Watcher watcher;

  /** What is told of a replica that fails. */
  interface Watcher {

    /** It begins to fail repeatedly, or has recovered. */
    void changed();

    /**
     * A run has ended, and another one follows.
     *
     * @param cause null if it was stopped from outside
     */
    void restarts(FailureCause cause);
  }

  /**
   * @param name for threads and logs
   * @param starter starts the query from its checkpoint
   * @param timesOpened how often its readers have opened, which shows that a run has made progress
   * @param log of its failures
   */
  QueryReplica(
      String name,
      Supplier<StreamingQuery> starter,
      LongSupplier timesOpened,
      SparseLog log,
      Watcher watcher) {
    this.name = name;
    this.starter = starter;
    this.timesOpened = timesOpened;
    this.log = log;
    this.watcher = watcher;
  }

  /** Starts the query from its checkpoint. */
  void start() {
    openedBefore = timesOpened.getAsLong();
    hopeless = null;
    query = starter.get();
  }

  /** Begins to restart the query when it ends without having been stopped here. */
  void supervise() {
    DaemonThreads.start("sparkwire-supervisor-" + name, this::restartForEver);
  }

  private void restartForEver() {
    while (stopped.getCount() > 0 && !health.hasFailed()) {
      Throwable failure = awaitEnd();
      if (stopped.getCount() == 0) {
        return;
      }
      health.countFailure(worked());
      if (failure != null && !Recovery.isPossible(failure)) {
        health.failed(failure);
        Event.QUERY_FAILED.error(LOG, failure, "query replica {} has failed for good", name);
      } else {
        ended(failure);
        restart(health.failuresInARow() - (worked() ? 1 : 0));
      }
    }
  }

  private void ended(Throwable failure) {
    health.restarting(failure);
    watcher.changed();
    FailureCause why = failure == null ? null : QueryFailures.describe(failure);
    watcher.restarts(why);
    String cause = why == null ? "it was stopped" : why.toString();
    LOG.debug("query replica {} has ended", name, failure);
    log.write(
        Event.QUERY_RESTARTED,
        "query replica %s has ended and will be restarted".formatted(name),
        "query replica %s has ended and will be restarted: %s".formatted(name, cause));
  }

  /** Whether the run that is on, or was last, has got somewhere. */
  private boolean worked() {
    boolean hasOpened = timesOpened.getAsLong() > openedBefore;
    return hopeless == null && (hasOpened || query.lastProgress() != null);
  }

  /** Waits for the query's end; returns why it failed, or null if it was stopped. */
  private Throwable awaitEnd() {
    StreamingQuery running = query;
    try {
      if (isEnding(running)) { // its end was ordered before this thread knew the run
        stop(running);
      }
      while (health.failuresInARow() > 0 && !running.awaitTermination(POLL_MILLIS)) {
        recovers();
      }
      running.awaitTermination();
      return hopeless;
    } catch (StreamingQueryException e) {
      return hopeless == null ? e : hopeless;
    }
  }

  private void recovers() {
    if (worked()) {
      health.recovered();
      watcher.changed();
    }
  }

  private void restart(int failuresInARow) {
    try {
      long pause = Recovery.backoffMillis(failuresInARow, ThreadLocalRandom.current());
      if (!stopped.await(pause, TimeUnit.MILLISECONDS)) {
        startAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      health.failed(e);
    } catch (RuntimeException e) {
      health.restarting(e);
      LOG.debug("query replica {} did not start", name, e);
      log.write(
          Event.QUERY_NOT_STARTED,
          "query replica %s did not start".formatted(name),
          "query replica %s did not start: %s".formatted(name, Causes.message(e)));
    }
  }

  private synchronized void startAgain() {
    if (stopped.getCount() > 0) {
      start();
      restarts.incrementAndGet();
    }
  }

  StreamingQuery query() {
    return query;
  }

  /** How often it was started again. */
  int restarts() {
    return restarts.get();
  }

  /** Begins to end that run of the query, if it is one of this, and starts another then. */
  void endRun(String runId) {
    endingRun = runId;
    StreamingQuery running = query;
    if (isEnding(running)) {
      end(() -> stop(running));
    }
  }

  /**
   * The same for a run of which a task fails again and again, unless it is one that has handed over
   * requests.
   */
  void endHopelessRun(String runId, TaskFailure failure) {
    StreamingQuery running = query;
    if (running != null && running.runId().toString().equals(runId)) {
      end(
          () -> {
            if (!failure.reads() || timesOpened.getAsLong() == openedBefore) {
              hopeless = new HopelessTaskException(failure);
              stop(running);
            }
          });
    }
  }

  private void end(Runnable how) {
    DaemonThreads.start("sparkwire-end-" + name, how);
  }

  ReplicaHealth health() {
    return health;
  }

  private boolean isEnding(StreamingQuery running) {
    return running != null && running.runId().toString().equals(endingRun);
  }

  /** Ends it for good. A query that is starting is stopped once it has. */
  void stop() {
    stopped.countDown(); // ends a back-off
    stopStarted();
  }

  private synchronized void stopStarted() {
    if (query != null) { // otherwise it never started
      stop(query);
    }
  }

  private void stop(StreamingQuery running) {
    try {
      running.stop();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not stop the query of " + name, e);
    }
  }
}
