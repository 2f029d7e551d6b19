package io.sparkwire.spark.source;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.control.VersionStatus;
import io.sparkwire.history.Replay;
import io.sparkwire.spark.node.ExecutorList;
import io.sparkwire.spark.node.SparkNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;

/**
 * What the streams of all triggers share: whose requests they read, and that one offset step is one
 * epoch.
 *
 * <p>Runs on: driver.
 */
abstract class EpochStream implements ReportsSourceMetrics {

  final SparkwireOptions options;
  final QueryId query;

  private boolean planning;

  /**
   * The service of a query without a facade is served from now on, if it is not yet.
   *
   * @throws IllegalStateException if another query serves it, or its port or path is taken
   */
  EpochStream(SparkwireOptions options, QueryId query) {
    this.options = options;
    this.query = query;
    if (query.ownsItself()) {
      control().serve(options.service(), query.owner(), query.version());
    }
  }

  /**
   * Begins to plan: the first call lowers the priority of the calling thread, on which Spark plans
   * the query's epochs. While it does, there are requests that another replica's reader could
   * answer. Priorities count only if the JVM is started with an option for them.
   */
  @SuppressWarnings("ThreadPriorityCheck") // nothing but time depends on it
  final void beginPlanning() {
    if (!planning) {
      planning = true;
      Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    }
  }

  @Override
  public final Offset initialOffset() {
    return SparkwireOffset.INITIAL;
  }

  @Override
  public final Offset deserializeOffset(String json) {
    return SparkwireOffset.parse(json);
  }

  /** What Spark shows of the source in the progress of each batch. */
  @Override
  public final Map<String, String> metrics(Optional<Offset> latestConsumed) {
    ServiceControl service = control();
    VersionStatus version = service.version(query.version());
    return Map.of(
        "inFlight", Integer.toString(service.load().inFlight()),
        "queued", Integer.toString(version.queued()),
        "unfinished", Integer.toString(version.unfinished(query.checkpoint())));
  }

  /** How its service is steered, wherever its readers run. */
  final ServiceControl control() {
    return SparkNode.ofDriver(SparkContext.getOrCreate()).control(options.service().name());
  }

  /** All shares of an epoch, spread over the executors. */
  final InputPartition[] partitions(long epoch, Duration length) {
    control(); // from here on, tasks know their driver
    List<String> executors = ExecutorList.of(SparkContext.getOrCreate());
    InputPartition[] partitions = new InputPartition[options.partitions()];
    for (int i = 0; i < partitions.length; i++) {
      int place = query.replica() * partitions.length + i;
      String[] preferred =
          executors.isEmpty()
              ? new String[0]
              : new String[] {executors.get(place % executors.size())};
      partitions[i] = new SparkwireInputPartition(options, query, epoch, i, length, preferred);
    }
    return partitions;
  }

  /**
   * The query ends: what it left unfinished is for others, and a service of its own ends with it.
   */
  @Override
  public final void stop() {
    ServiceControl service = control();
    if (query.ownsItself()) {
      service.release(query.owner());
    }
    if (options.retry().replay() == Replay.UNFINISHED) {
      service.ended(query.checkpoint());
    } // otherwise the query, when it starts again, must get the same requests
  }
}
