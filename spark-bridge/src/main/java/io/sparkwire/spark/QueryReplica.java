package io.sparkwire.spark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One streaming query of a service that is started again from its checkpoint whenever it fails.
 *
 * <p>It waits longer after each failure in a row before which no reader had opened, and gives up
 * only on what cannot heal. Thread-safe. Runs on: driver, with a thread of its own.
 */
final class QueryReplica {

  private static final Logger LOG = LoggerFactory.getLogger(QueryReplica.class);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final String name;
  private final Supplier<StreamingQuery> starter;
  private final LongSupplier timesOpened;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile StreamingQuery query;
  private volatile String doomedRun;
  private volatile long openedBefore;
  private volatile Throwable fatal;
  private final AtomicInteger restarts = new AtomicInteger();

  /**
   * @param name for threads and logs
   * @param starter starts the query from its checkpoint
   * @param timesOpened how often its readers have opened, by which a run is known to have got
   *     somewhere
   */
  QueryReplica(String name, Supplier<StreamingQuery> starter, LongSupplier timesOpened) {
    this.name = name;
    this.starter = starter;
    this.timesOpened = timesOpened;
  }

  /** Starts the query from its checkpoint. */
  void start() {
    openedBefore = timesOpened.getAsLong();
    query = starter.get();
  }

  /** Begins to restart the query when it ends without having been stopped here. */
  void supervise() {
    Thread supervisor = new Thread(this::restartForEver, "sparkwire-supervisor-" + name);
    supervisor.setDaemon(true);
    supervisor.start();
  }

  private void restartForEver() {
    int failuresInARow = 0;
    while (stopped.getCount() > 0 && fatal == null) {
      Throwable failure = awaitEnd();
      if (stopped.getCount() == 0) {
        return;
      }
      failuresInARow = timesOpened.getAsLong() > openedBefore ? 0 : failuresInARow + 1;
      if (failure != null && !canHeal(failure)) {
        fatal = failure;
        LOG.error("query replica {} has failed for good", name, failure);
      } else {
        LOG.warn(
            "query replica {} has ended and will be restarted: {}", name, Causes.message(failure));
        restart(failuresInARow);
      }
    }
  }

  /** Waits for the query's end; returns why it failed, or null if somebody stopped it. */
  private Throwable awaitEnd() {
    StreamingQuery running = query;
    try {
      if (isDoomed(running)) { // it was before anybody could know it here
        stop(running);
      }
      running.awaitTermination();
      return null;
    } catch (StreamingQueryException e) {
      return e;
    }
  }

  private void restart(int failuresInARow) {
    try {
      if (!stopped.await(backoffMillis(failuresInARow), TimeUnit.MILLISECONDS)) {
        startAgain();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fatal = e;
    } catch (RuntimeException e) {
      LOG.warn("query replica {} did not start: {}", name, Causes.message(e));
    }
  }

  private synchronized void startAgain() {
    if (stopped.getCount() > 0) {
      start();
      restarts.incrementAndGet();
    }
  }

  /**
   * Doubles from {@link #FIRST_BACKOFF} to {@link #LONGEST_BACKOFF}, less up to half of it by
   * chance.
   */
  private static long backoffMillis(int failuresInARow) {
    int doublings = Math.min(failuresInARow, 16);
    long longest = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << doublings);
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }

  /** What fails in a task may succeed the next time; what Spark cannot even plan will not. */
  private static boolean canHeal(Throwable failure) {
    return Causes.chain(failure).anyMatch(SparkException.class::isInstance)
        || Causes.chain(failure)
            .noneMatch(
                cause ->
                    cause instanceof AnalysisException
                        || cause instanceof IllegalArgumentException);
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
    doomedRun = runId;
    StreamingQuery running = query;
    if (isDoomed(running)) {
      Thread end = new Thread(() -> stop(running), "sparkwire-end-" + name);
      end.setDaemon(true);
      end.start();
    }
  }

  private boolean isDoomed(StreamingQuery running) {
    return running != null && running.runId().toString().equals(doomedRun);
  }

  /** Why it gave up, or null. */
  Throwable fatal() {
    return fatal;
  }

  /** Ends it for good. A query that is starting is stopped once it has. */
  void stop() {
    stopped.countDown(); // ends a back-off
    stopStarted();
  }

  private synchronized void stopStarted() {
    if (query != null) { // else it never started
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
