package io.sparkwire.spark;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.spark.TaskFailureWatch.TaskFailure;
import io.sparkwire.spark.node.SparkNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;

/**
 * The versions of a service's pipeline that run: the current one, and another beside it while one
 * replaces the other.
 *
 * <p>Thread-safe, but only one thread at a time may start or replace a version. Runs on: driver.
 */
final class RunningVersions {

  private static final Duration START_TIMEOUT = ServingWriter.START_TIMEOUT;
  private static final Duration SLOT_TIMEOUT = Duration.ofSeconds(10);

  private final SparkContext context;
  private final String service;
  private final String owner;
  private final BooleanSupplier stopping;
  private volatile RunningVersion current;
  private volatile RunningVersion other; // the next one, or the one before, while it is replaced
  private int lastVersion = ServedVersion.FIRST;

  /**
   * @param plan of the first version
   * @param owner of the service
   * @param replicas of the first version
   * @param stopping whether the service is being stopped, which ends every wait
   */
  RunningVersions(QueryPlan plan, String owner, int replicas, BooleanSupplier stopping) {
    this.context = plan.context();
    this.service = plan.source().service().name();
    this.owner = owner;
    this.stopping = stopping;
    this.current =
        new RunningVersion(plan, owner, ServedVersion.FIRST, replicas, this::healthChanged);
  }

  /** The version that gets the requests. */
  RunningVersion current() {
    return current;
  }

  /** Starts all replicas of the first version, and returns once each takes requests. */
  void start(int replicas, WarmUpRequest sample) {
    current.start(1, deadline(START_TIMEOUT)); // for clients that already wait
    CompletableFuture<Void> warm = current.warmUpWay();
    current.start(replicas, deadline(START_TIMEOUT));
    warm.join();
    current.warmUp(sample);
  }

  /** A task of a run of one of them has failed. */
  void taskFailed(String runId, TaskFailure failure) {
    current.taskFailed(runId, failure);
    RunningVersion beside = other;
    if (beside != null) {
      beside.taskFailed(runId, failure);
    }
  }

  /**
   * A query has begun to fail repeatedly, or has recovered: updates whether the service is ready.
   */
  private void healthChanged() {
    control().failing(current.health().isFailing());
  }

  /**
   * Starts the next version beside the current one, gives it the requests, and stops the one before
   * once that has finished what it began.
   *
   * @param drainTimeout how long the version before may take to finish
   * @throws IllegalStateException if the next one cannot start; the current one then continues
   */
  void replace(ServingWriter next, Duration drainTimeout) {
    RunningVersion old = current;
    RunningVersion fresh = version(next, old);
    startBeside(old, fresh, next);
    current = fresh;
    other = old;
    control().switchTo(fresh.number(), fresh.schema());
    deadline(drainTimeout).await(() -> !old.isBusy());
    old.endEpochs(deadline(drainTimeout));
    old.stop();
    forget(old);
    fresh.start(fresh.replicas(), deadline(START_TIMEOUT));
  }

  private RunningVersion version(ServingWriter next, RunningVersion old) {
    int replicas = next.chosenReplicas(next.slots().plus(old.openReaders()));
    return new RunningVersion(
        next.plan().ofVersion(++lastVersion), owner, lastVersion, replicas, this::healthChanged);
  }

  private void startBeside(RunningVersion old, RunningVersion fresh, ServingWriter next) {
    other = fresh;
    try {
      int fitting = old.makeRoomFor(next, deadline(SLOT_TIMEOUT));
      fresh.start(Math.min(fresh.replicas(), fitting), deadline(START_TIMEOUT));
      fresh.warmUp(next.sample());
    } catch (RuntimeException e) {
      fresh.stop();
      forget(fresh);
      if (!stopping.getAsBoolean()) {
        old.start(old.replicas(), deadline(START_TIMEOUT));
      }
      throw e;
    }
  }

  private void forget(RunningVersion version) {
    control().retire(version.number());
    other = null;
  }

  /** For as long as that, unless the service is stopped meanwhile. */
  private Deadline deadline(Duration limit) {
    return new Deadline(limit, stopping);
  }

  private ServiceControl control() {
    return SparkNode.ofDriver(context).control(service);
  }
}
