package io.sparkwire.spark.source;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.version.RunningQuery;
import io.sparkwire.thread.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.JobArtifactSet;
import org.apache.spark.JobArtifactState;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Option;
import scala.runtime.AbstractFunction0;

/**
 * The job of one epoch, which runs on a thread of its own while the query's thread waits for it.
 *
 * <pre>
 * Spark's stop():  the query is not active any more
 *                  cancels the jobs of the query's group     this job is in another group
 *                  interrupts the query's thread             which was waiting for this job:
 *                                                            refuses new requests, lets readers end,
 *                                                            waits until the job has ended,
 *                                                            and lets Spark commit the epoch
 * </pre>
 *
 * <p>So the tasks of a query that is stopped end as any others do, and Spark has no failure to log.
 * If they do not end in time, the job is cancelled after all. Used once. Runs on: driver, on a
 * query's own thread.
 *
 * @param service which the query serves
 * @param query whose epoch it is
 */
record EpochJob(String service, RunningQuery query) {

  /** How long a query that is stopped waits for the requests in its pipeline. */
  static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final String DESCRIPTION = "spark.job.description";

  /**
   * The job of the query whose thread this is.
   *
   * @param plan of its epoch; without requests in it there is nothing to end
   */
  static Optional<EpochJob> of(SparkPlan plan) {
    return RowPassage.scan(plan)
        .flatMap(
            scan ->
                RowPassage.ofCurrentThread()
                    .map(query -> new EpochJob(scan.options().service().name(), query)));
  }

  /** Runs it to its end, and gives its result or fails as it does. */
  <T> T run(Callable<T> work) {
    if (!query.isActive()) { // it was stopped while Spark planned, and the interrupt may be lost
      return EpochJob.<T, RuntimeException>failAs(
          new InterruptedException("the query was stopped"));
    }
    SparkContext context = SparkContext.getOrCreate();
    FutureTask<T> job = new FutureTask<>(inItsGroup(context, work));
    DaemonThreads.start("sparkwire-epoch-" + service, job);
    try {
      return job.get();
    } catch (InterruptedException e) {
      return stopped(context, job, e);
    } catch (ExecutionException e) {
      return EpochJob.<T, RuntimeException>failAs(e.getCause());
    }
  }

  /** A new thread has inherited all but one of the things that Spark keeps for each thread. */
  private <T> Callable<T> inItsGroup(SparkContext context, Callable<T> work) {
    Option<JobArtifactState> artifacts = JobArtifactSet.getCurrentJobArtifactState();
    return () -> {
      context.setJobGroup(group(), context.getLocalProperty(DESCRIPTION), true);
      return JobArtifactSet.withActiveJobArtifactState(
          artifacts.isDefined() ? artifacts.get() : null,
          new AbstractFunction0<>() {
            @Override
            public T apply() {
              return call(work);
            }
          });
    };
  }

  private String group() {
    return "sparkwire-" + query.runId();
  }

  private <T> T stopped(SparkContext context, FutureTask<T> job, InterruptedException order) {
    if (!query.isActive()) {
      ServiceControl control = SparkNode.ofDriver(context).control(service);
      control.stopTaking();
      control.endEpochs(ServedVersion.FIRST);
      try {
        return job.get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | InterruptedException e) {
        order.addSuppressed(e);
      } catch (ExecutionException e) {
        return EpochJob.<T, RuntimeException>failAs(e.getCause());
      }
    }
    context.cancelJobGroup(group());
    return EpochJob.<T, RuntimeException>failAs(order);
  }

  private static <T> T call(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      return EpochJob.<T, RuntimeException>failAs(e);
    }
  }

  /** Spark looks at what it has thrown itself, so that must not be wrapped. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, E extends Throwable> T failAs(Throwable failure) throws E {
    throw (E) failure;
  }
}
