package io.sparkwire.spark;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Causes;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.spark.node.SparkNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * A running service: its query replicas, and what the node knows of it.
 *
 * <p>The replicas are equal and take requests from the same intake. While one is between epochs, or
 * is being restarted after a failure, the other continues; listeners and connections stay open,
 * also while {@link #replace} puts another version of the pipeline in place. Thread-safe. Runs on:
 * driver.
 */
public final class ServingQuery implements AutoCloseable {

  /**
   * How long {@link #stop()} and {@link #replace} wait for the requests in flight: less than the 30
   * seconds after which Kubernetes and SageMaker kill what they stop.
   */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(25);

  private static final long POLL_MILLIS = 250;

  private final ServiceSpec service;
  private final SparkContext context;
  private final ServiceView view;
  private final String owner = UUID.randomUUID().toString();
  private final RunningVersions versions;
  private final TaskFailureWatch failureWatch;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  private ServingQuery(QueryPlan plan, int replicas) {
    this.service = plan.source().service();
    this.context = plan.context();
    this.view = new ServiceView(context, service);
    this.versions = new RunningVersions(plan, owner, replicas, () -> stopping);
    this.failureWatch = new TaskFailureWatch(owner, versions::taskFailed);
  }

  /** Starts all replicas, and returns once each takes requests. */
  static ServingQuery start(QueryPlan plan, int replicas, WarmUpRequest sample) {
    ServingQuery serving = new ServingQuery(plan, replicas);
    try {
      serving.current().listen();
      serving.context.addSparkListener(serving.failureWatch);
      serving.versions.start(replicas, sample);
      return serving;
    } catch (RuntimeException e) {
      serving.end();
      throw e;
    }
  }

  private RunningVersion current() {
    return versions.current();
  }

  private ServiceControl control() {
    return SparkNode.ofDriver(context).control(service());
  }

  /** The same as {@link #replace(ServingWriter, Duration)} with {@link #DEFAULT_DRAIN_TIMEOUT}. */
  public void replace(ServingWriter next) {
    replace(next, DEFAULT_DRAIN_TIMEOUT);
  }

  /**
   * Puts another version of the pipeline in place of the one that runs, without a pause for the
   * clients.
   *
   * <p>The new version starts beside the old one. Once it takes requests, it gets all of them; the
   * old one finishes what it has begun. After this method has returned, no reply comes from the old
   * version. If Spark has no task slots for both, replicas of the old one are stopped first, down
   * to one.
   *
   * @param next the new version: another pipeline over requests of the same service
   * @param drainTimeout how long the old version may take to finish; what is left then, the new one
   *     computes again
   * @throws IllegalArgumentException if {@code next} describes another service, or the same one
   *     with other options of its listener
   * @throws IllegalStateException if the new version cannot start; the old one then continues
   */
  public synchronized void replace(ServingWriter next, Duration drainTimeout) {
    next.checkServes(service);
    versions.replace(next, drainTimeout);
  }

  /** Spark's queries, one for each replica; a restarted one is another object. */
  public List<StreamingQuery> queries() {
    return current().queries();
  }

  /** How often queries of the current version were started again after a failure. */
  public int restarts() {
    return current().restarts();
  }

  /** What it serves: where, within which limits, and by which schema of the current version. */
  public ServiceSpec spec() {
    return service.withSchema(current().schema());
  }

  /** The service's name. */
  public String service() {
    return service.name();
  }

  /** The port on which its first node takes requests; -1 if none does. */
  public int port() {
    return view.port();
  }

  /** Where clients find it: on this node, or on each executor that takes requests. */
  public List<String> urls() {
    return view.urls();
  }

  /**
   * Where clients find it on this node, with the host that it listens on; otherwise the first
   * address of any node.
   */
  public String url() {
    return view.url();
  }

  /**
   * What all nodes of the cluster say of themselves, as one JSON object: role, address, services,
   * and of each its port, epoch and load. Without a cluster that is this node alone.
   */
  public String clusterStatus() {
    return SparkNode.ofDriver(context).status().encode();
  }

  /** What has been counted of its requests; empty when it has stopped. */
  public Optional<Service.Counts> counts() {
    return view.counts();
  }

  /** How many requests the history holds for it: pulled by readers, and not finished. */
  public int historySize() {
    return current().unfinished();
  }

  /** Whether a replica runs or will be restarted. */
  public boolean isActive() {
    return stopped.getCount() > 0 && current().health().failure().isEmpty();
  }

  /**
   * Why none of its queries works at the moment, though they are started again, or why all have
   * failed for good; empty while one of them works.
   */
  public Optional<Throwable> exception() {
    return current().health().trouble();
  }

  /**
   * Waits until the service is stopped.
   *
   * @throws IllegalStateException if all replicas have failed for good
   */
  public void awaitTermination() throws InterruptedException {
    while (!stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      Throwable cause = current().health().failure().orElse(null);
      if (cause != null) {
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
   * @param drainTimeout after which the rest get a 503
   */
  public void stop(Duration drainTimeout) {
    control().stopTaking();
    stopping = true; // ends a replacement, which has the lock
    drainAndEnd(new Deadline(drainTimeout, () -> !isActive()));
  }

  private synchronized void drainAndEnd(Deadline deadline) {
    deadline.await(() -> control().load().inFlight() == 0);
    current().endEpochs(deadline);
    end();
  }

  private void end() {
    current().stop();
    context.removeSparkListener(failureWatch);
    control().release(owner);
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
  }
}
