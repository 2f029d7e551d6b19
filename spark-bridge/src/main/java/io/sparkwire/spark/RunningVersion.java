package io.sparkwire.spark;

import io.sparkwire.intake.ServedVersion;
import io.sparkwire.intake.ServingNode;
import io.sparkwire.protocol.WarmUpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * One version of a service's pipeline at work: equal query replicas that take requests from the
 * same intake.
 *
 * <p>Thread-safe, but only one thread may start and stop replicas. Runs on: driver.
 */
final class RunningVersion {

  private static final Duration EPOCH_END_TIMEOUT = Duration.ofSeconds(2);

  private final QueryPlan plan;
  private final String owner;
  private final int number;
  private final int replicas;
  private final List<QueryReplica> running = new CopyOnWriteArrayList<>();

  /**
   * @param owner whoever serves the service
   * @param number of the version, from 1
   * @param replicas how many it has when all have started
   */
  RunningVersion(QueryPlan plan, String owner, int number, int replicas) {
    this.plan = plan;
    this.owner = owner;
    this.number = number;
    this.replicas = replicas;
  }

  int number() {
    return number;
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
  void start(int wanted, Patience patience) {
    List<QueryReplica> started =
        Stream.iterate(size(), replica -> replica < wanted, replica -> replica + 1)
            .map(this::replica)
            .toList();
    running.addAll(started);
    started.forEach(QueryReplica::start);
    boolean inTime =
        patience.await(
            () -> {
              started.forEach(RunningVersion::throwIfFailed);
              return isRunning();
            });
    if (!inTime) {
      throw new IllegalStateException(
          "service '"
              + service()
              + "' did not get all of its readers running within "
              + patience.seconds()
              + " s");
    }
    started.forEach(QueryReplica::supervise);
  }

  private QueryReplica replica(int replica) {
    String name = service() + (number == ServedVersion.FIRST ? "-" : "-v" + number + "-") + replica;
    return new QueryReplica(
        name,
        () -> plan.start(owner, number, replica, replicas),
        () -> served() == null ? 0L : served().timesOpened(replica));
  }

  private boolean isRunning() {
    ServedVersion served = served();
    return served != null
        && (served.drained() || served.openReaders() >= size() * plan.source().partitions());
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

  private ServedVersion served() {
    return ServingNode.current().services().version(service(), number);
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
   * @throws IllegalStateException if the sample is answered with a failure; says which
   */
  void warmUp(WarmUpRequest sample) {
    ServedVersion served = served();
    if (sample != null && served != null) {
      ServingNode.current().warmUp().run(plan.source().service(), served::take, sample);
    }
  }

  /** How many readers it has open. */
  int openReaders() {
    return served() == null ? 0 : served().openReaders();
  }

  /** A task of that run has failed, which under the continuous trigger is the end of the run. */
  void endRun(String runId) {
    if (plan.isContinuous()) {
      running.forEach(replica -> replica.endRun(runId));
    }
  }

  /** Why its replicas gave up, if all have. */
  Optional<Throwable> failure() {
    List<Throwable> failures =
        running.stream().map(QueryReplica::fatal).filter(Objects::nonNull).toList();
    return failures.isEmpty() || failures.size() < size()
        ? Optional.empty()
        : Optional.of(failures.get(0));
  }

  /** Whether requests are in its pipeline, or wait for it. */
  boolean isBusy() {
    ServedVersion served = served();
    return served != null && (served.intake().size() > 0 || unfinished() > 0);
  }

  /** How many requests its readers have pulled that nobody finished yet. */
  int unfinished() {
    ServedVersion served = served();
    return served == null ? 0 : ServingNode.current().services().unfinished(service(), served);
  }

  /** Lets the open epochs end, or Spark would have to interrupt their tasks. */
  void endEpochs(Patience patience) {
    ServedVersion served = served();
    if (plan.isMicroBatch() && served != null) {
      served.endEpochs();
      patience.atMost(EPOCH_END_TIMEOUT).await(this::epochsHaveEnded);
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
