package io.sparkwire.spark;

import io.sparkwire.dispatch.Service;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * A running service: its streaming query, and what the node knows of it.
 *
 * <p>Thread-safe. Runs on: driver.
 */
public final class ServingQuery implements AutoCloseable {

  /** How long {@link #stop} waits for the requests in flight. */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration EPOCH_END_TIMEOUT = Duration.ofSeconds(2);
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final SparkwireOptions source;
  private final StreamingQuery query;
  private final boolean epochsCanEnd;

  /**
   * @param epochsCanEnd whether readers can end their epoch by themselves
   */
  ServingQuery(SparkwireOptions source, StreamingQuery query, boolean epochsCanEnd) {
    this.source = source;
    this.query = query;
    this.epochsCanEnd = epochsCanEnd;
  }

  /** Spark's query. */
  public StreamingQuery query() {
    return query;
  }

  /** The service's name. */
  public String service() {
    return source.service().name();
  }

  /** The port on which this node takes its requests; -1 if it does not. */
  public int port() {
    return served().map(ServedService::port).orElse(-1);
  }

  /** Where clients find it on this node. */
  public String url() {
    return "http://" + source.service().host() + ":" + port() + source.service().path();
  }

  /** What this node has counted of its requests; empty when it has stopped. */
  public Optional<Service.Counts> counts() {
    return served().map(s -> s.service().counts());
  }

  private Optional<ServedService> served() {
    return Optional.ofNullable(ServingNode.current().find(service()));
  }

  void awaitRunning(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isRunning()) {
      if (System.nanoTime() - deadline > 0) {
        stopQuery();
        throw new IllegalStateException(
            "service '"
                + service()
                + "' did not get all of its "
                + source.partitions()
                + " readers running within "
                + patience.toSeconds()
                + " s");
      }
      if (terminatedWithin(LOOK_AGAIN_MILLIS)) {
        throw new IllegalStateException("the query of service '" + service() + "' ended at once");
      }
    }
  }

  private boolean isRunning() {
    return served().filter(s -> s.drained() || s.openReaders() >= source.partitions()).isPresent();
  }

  private boolean terminatedWithin(long millis) {
    try {
      return query.awaitTermination(millis);
    } catch (StreamingQueryException e) {
      throw new IllegalStateException(rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /**
   * Waits until the query ends.
   *
   * @throws StreamingQueryException if it failed
   */
  public void awaitTermination() throws StreamingQueryException {
    query.awaitTermination();
  }

  public boolean isActive() {
    return query.isActive();
  }

  /** The same as {@link #stop(Duration)} with {@link #DEFAULT_DRAIN_TIMEOUT}. */
  public void stop() {
    stop(DEFAULT_DRAIN_TIMEOUT);
  }

  /**
   * Refuses new requests, lets those in flight finish, and stops the query.
   *
   * @param drainTimeout after which the rest is answered 503
   */
  public void stop(Duration drainTimeout) {
    served().ifPresent(s -> drain(s, drainTimeout));
    stopQuery();
  }

  private void drain(ServedService served, Duration drainTimeout) {
    served.service().stopAdmitting();
    await(drainTimeout, () -> served.service().inFlight() == 0);
    if (epochsCanEnd) {
      served.endEpochs(); // or Spark would have to interrupt the tasks of open epochs
      await(EPOCH_END_TIMEOUT, () -> served.openReaders() == 0);
    }
  }

  private void await(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && query.isActive() && System.nanoTime() - deadline < 0) {
      try {
        query.awaitTermination(LOOK_AGAIN_MILLIS);
      } catch (StreamingQueryException e) {
        return; // it failed by itself; who awaits its termination is told
      }
    }
  }

  private void stopQuery() {
    try {
      query.stop();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not stop the query of '" + service() + "'", e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
