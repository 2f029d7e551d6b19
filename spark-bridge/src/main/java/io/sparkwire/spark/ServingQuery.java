package io.sparkwire.spark;

import io.sparkwire.dispatch.Service;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServingNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * A running service: its query replicas, and what the node knows of it.
 *
 * <p>The replicas are equal and take requests from the same intake. While one is between epochs, or
 * is being restarted after a failure, the other goes on; listeners and connections stay open all
 * along. Thread-safe. Runs on: driver.
 */
public final class ServingQuery implements AutoCloseable {

  /** How long {@link #stop()} waits for the requests in flight. */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration EPOCH_END_TIMEOUT = Duration.ofSeconds(2);
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final QueryPlan plan;
  private final String owner = UUID.randomUUID().toString();
  private final List<QueryReplica> replicas;
  private final TaskFailureWatch failureWatch = new TaskFailureWatch(owner, this::endRun);
  private final CountDownLatch stopped = new CountDownLatch(1);

  private ServingQuery(QueryPlan plan, int replicas) {
    this.plan = plan;
    this.replicas =
        IntStream.range(0, replicas)
            .mapToObj(
                replica ->
                    new QueryReplica(
                        service() + "-" + replica,
                        () -> plan.start(owner, replica, replicas),
                        () -> served().map(s -> s.timesOpened(replica)).orElse(0L)))
            .toList();
  }

  /** Starts all replicas, and returns once each takes requests. */
  static ServingQuery start(QueryPlan plan, int replicas, Duration patience) {
    ServingQuery serving = new ServingQuery(plan, replicas);
    try {
      if (TaskSlots.areLocal(plan.context())) {
        ServingNode.current().serve(plan.source().service(), serving.owner);
      }
      if (plan.isContinuous()) {
        plan.context().addSparkListener(serving.failureWatch);
      }
      serving.replicas.forEach(QueryReplica::start);
      serving.awaitRunning(patience);
      serving.replicas.forEach(QueryReplica::supervise);
      return serving;
    } catch (RuntimeException e) {
      serving.stopReplicas();
      throw e;
    }
  }

  private void endRun(String runId) {
    replicas.forEach(replica -> replica.endRun(runId));
  }

  private void awaitRunning(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isRunning()) {
      replicas.forEach(ServingQuery::throwIfFailed);
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "service '"
                + service()
                + "' did not get all of its readers running within "
                + patience.toSeconds()
                + " s");
      }
      pause();
    }
  }

  private boolean isRunning() {
    int readers = replicas.size() * plan.source().partitions();
    return served().filter(s -> s.drained() || s.openReaders() >= readers).isPresent();
  }

  private static void throwIfFailed(QueryReplica replica) {
    replica
        .query()
        .exception()
        .foreach(
            failure -> {
              throw new IllegalStateException(Causes.message(failure), failure);
            });
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a query", e);
    }
  }

  /** Spark's queries, one for each replica; a restarted one is another object. */
  public List<StreamingQuery> queries() {
    return replicas.stream().map(QueryReplica::query).toList();
  }

  /** How often queries were started again after a failure. */
  public int restarts() {
    return replicas.stream().mapToInt(QueryReplica::restarts).sum();
  }

  /** The service's name. */
  public String service() {
    return plan.source().service().name();
  }

  /** The port on which this node takes its requests; -1 if it does not. */
  public int port() {
    return served().map(ServedService::port).orElse(-1);
  }

  /** Where clients find it on this node. */
  public String url() {
    return "http://"
        + plan.source().service().host()
        + ":"
        + port()
        + plan.source().service().path();
  }

  /** What this node has counted of its requests; empty when it has stopped. */
  public Optional<Service.Counts> counts() {
    return served().map(s -> s.service().counts());
  }

  private Optional<ServedService> served() {
    return Optional.ofNullable(ServingNode.current().find(service()));
  }

  /** Whether a replica runs or will be restarted. */
  public boolean isActive() {
    return stopped.getCount() > 0 && replicas.stream().anyMatch(r -> r.fatal() == null);
  }

  /**
   * Waits until the service is stopped.
   *
   * @throws IllegalStateException if all replicas have failed for good
   */
  public void awaitTermination() throws InterruptedException {
    while (!stopped.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
      if (!isActive()) {
        Throwable cause = replicas.get(0).fatal();
        throw new IllegalStateException(Causes.message(cause), cause);
      }
    }
  }

  /** The same as {@link #stop(Duration)} with {@link #DEFAULT_DRAIN_TIMEOUT}. */
  public void stop() {
    stop(DEFAULT_DRAIN_TIMEOUT);
  }

  /**
   * Refuses new requests, lets those in flight finish, and stops all queries.
   *
   * @param drainTimeout after which the rest is answered 503
   */
  public void stop(Duration drainTimeout) {
    served().ifPresent(s -> drain(s, drainTimeout));
    stopReplicas();
  }

  private void drain(ServedService served, Duration drainTimeout) {
    served.service().stopAdmitting();
    await(drainTimeout, () -> served.service().inFlight() == 0);
    if (plan.isMicroBatch()) {
      served.endEpochs(); // or Spark would have to interrupt the tasks of open epochs
      await(EPOCH_END_TIMEOUT, this::epochsHaveEnded);
    }
  }

  /** Whether every replica has committed its last epoch, and found that no other begins. */
  private boolean epochsHaveEnded() {
    return queries().stream().noneMatch(query -> query.status().isDataAvailable());
  }

  private void await(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean() && isActive() && System.nanoTime() - deadline < 0) {
      pause();
    }
  }

  private void stopReplicas() {
    replicas.stream().filter(r -> r.query() != null).forEach(QueryReplica::stop);
    plan.context().removeSparkListener(failureWatch);
    ServingNode.current().release(service(), owner);
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
  }
}
