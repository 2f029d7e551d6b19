package io.sparkwire.spark;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.control.VersionStatus;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.log.Causes;
import io.sparkwire.log.Event;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.spark.TaskFailureWatch.TaskFailure;
import io.sparkwire.spark.node.SparkNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a service's pipeline at work: equal query replicas that take requests from the
 * same intake.
 *
 * <p>Thread-safe, but only one thread may start and stop replicas. Runs on: driver.
 */
final class RunningVersion {

  private static final Logger LOG = LoggerFactory.getLogger(RunningVersion.class);

  private static final Duration EPOCH_END_TIMEOUT = Duration.ofSeconds(2);

  /** As often as Spark itself tries a task on a cluster. */
  private static final int MOST_FAILURES = 4;

  private final QueryPlan plan;
  private final String owner;
  private final int number;
  private final int replicas;
  private final Runnable watcher;
  private final List<QueryReplica> running = new CopyOnWriteArrayList<>();

  /**
   * @param owner of the service
   * @param number of the version, from 1
   * @param replicas how many it has when all have started
   * @param watcher is called when one of them begins to fail repeatedly or has recovered
   */
  RunningVersion(QueryPlan plan, String owner, int number, int replicas, Runnable watcher) {
    this.plan = plan;
    this.owner = owner;
    this.number = number;
    this.replicas = replicas;
    this.watcher = watcher;
  }

  int number() {
    return number;
  }

  /** The service's schema by this version of its pipeline. */
  ServiceSchema schema() {
    return plan.source().service().schema();
  }

  /** How many replicas have started and were not stopped. */
  int size() {
    return running.size();
  }

  /** How many replicas it has when all have started. */
  int replicas() {
    return replicas;
  }

  /**
   * Starts replicas until there are {@code wanted}, and returns once each takes requests.
   *
   * @throws IllegalStateException if one fails, or they do not take requests in time
   */
  void start(int wanted, Deadline deadline) {
    List<QueryReplica> started =
        Stream.iterate(size(), replica -> replica < wanted, replica -> replica + 1)
            .map(this::replica)
            .toList();
    running.addAll(started);
    started.forEach(QueryReplica::start);
    boolean inTime =
        deadline.await(
            () -> {
              started.forEach(RunningVersion::throwIfFailed);
              return isRunning();
            });
    if (!inTime) {
      throw new IllegalStateException(
          "service '"
              + service()
              + "' did not get all of its readers running within "
              + deadline.seconds()
              + " s");
    }
    started.forEach(QueryReplica::supervise);
  }

  /** Takes requests where readers will run, as far as they are known. */
  void listen() {
    control().serve(plan.source().service(), owner, number);
  }

  /** Begins to warm up the way of requests to its pipeline. */
  CompletableFuture<Void> warmUpWay() {
    ServiceSpec spec = plan.source().service();
    return CompletableFuture.runAsync(() -> control().warmUp(spec, number, null))
        .exceptionally(
            failure -> { // which makes the first requests slower, and nothing worse
              Event.WARM_UP_FAILED.warn(LOG, failure, "service '{}' did not warm up", service());
              return null;
            });
  }

  private QueryReplica replica(int replica) {
    String name = service() + (number == ServedVersion.FIRST ? "-" : "-v" + number + "-") + replica;
    return new QueryReplica(
        name,
        () -> plan.start(owner, number, replica, replicas),
        () -> status().timesOpened(replica),
        SparkNode.ofDriver(plan.context()).sparseLog(LOG),
        new QueryReplica.Watcher() {

          @Override
          public void changed() {
            watcher.run();
          }

          @Override
          public void restarts(FailureCause cause) {
            restarting(cause);
          }
        });
  }

  private void restarting(FailureCause cause) {
    ServiceObserver observer = SparkNode.ofDriver(plan.context()).observer(plan.source().service());
    observer.restarted(cause == null ? "stopped" : cause.type(), Objects.toString(cause, ""));
  }

  private boolean isRunning() {
    VersionStatus status = status();
    return status.drained() || status.openReaders() >= size() * plan.source().partitions();
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

  private String service() {
    return plan.source().service().name();
  }

  private ServiceControl control() {
    return SparkNode.ofDriver(plan.context()).control(service());
  }

  private VersionStatus status() {
    return control().version(number);
  }

  /** Spark's queries; that of a replica which was restarted is another object. */
  List<StreamingQuery> queries() {
    return running.stream().map(QueryReplica::query).toList();
  }

  int restarts() {
    return running.stream().mapToInt(QueryReplica::restarts).sum();
  }

  /**
   * Sends a sample through its pipeline until that is warm.
   *
   * @throws IllegalStateException if the sample gets a failure; says which
   */
  void warmUp(WarmUpRequest sample) {
    if (sample != null) {
      control().warmUp(plan.source().service(), number, sample);
    }
  }

  /**
   * Says how many replicas of another version can start beside it; stops some of its own if none
   * can.
   */
  int makeRoomFor(ServingWriter next, Deadline deadline) {
    while (next.slots().fittingReplicas() == 0 && size() > 1) {
      stopOne();
      deadline.await(() -> next.slots().fittingReplicas() > 0);
    }
    next.slots().check(1);
    return next.slots().fittingReplicas();
  }

  /** How many readers it has open. */
  int openReaders() {
    return status().openReaders();
  }

  /**
   * A task of that run has failed. Under the continuous trigger that ends the run; otherwise the
   * run ends once the task has failed more often than the retries of a request allow.
   */
  void taskFailed(String runId, TaskFailure failure) {
    int most =
        failure.reads() ? plan.source().retry().maxAttempts() + MOST_FAILURES : MOST_FAILURES;
    if (plan.isContinuous()) {
      running.forEach(replica -> replica.endRun(runId));
    } else if (failure.times() >= most) {
      running.forEach(replica -> replica.endHopelessRun(runId, failure));
    }
  }

  /** How its replicas are at the moment. */
  VersionHealth health() {
    return new VersionHealth(running.stream().map(QueryReplica::health).toList());
  }

  /** Whether requests are in its pipeline, or wait for it. */
  boolean isBusy() {
    VersionStatus status = status();
    return status.queued() > 0 || status.allUnfinished() > 0;
  }

  /** How many requests that its readers have pulled are unfinished. */
  int unfinished() {
    return status().allUnfinished();
  }

  /** Lets the open epochs end, or Spark would have to interrupt their tasks. */
  void endEpochs(Deadline deadline) {
    if (plan.isMicroBatch()) {
      control().endEpochs(number);
      deadline.atMost(EPOCH_END_TIMEOUT).await(this::epochsHaveEnded);
    }
  }

  /** Whether every replica has committed its last epoch, and found that no other begins. */
  private boolean epochsHaveEnded() {
    return queries().stream().noneMatch(query -> query.status().isDataAvailable());
  }

  /** Stops the replica that started last; what it left unfinished is for the others. */
  void stopOne() {
    running.remove(running.size() - 1).stop();
  }

  void stop() {
    while (!running.isEmpty()) {
      stopOne();
    }
  }
}
