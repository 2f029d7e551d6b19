package io.sparkwire.spark;

import io.sparkwire.history.Replay;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.intake.ServingNode;
import java.util.Map;
import java.util.Optional;
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

  EpochStream(SparkwireOptions options, QueryId query) {
    this.options = options;
    this.query = query;
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
    ServingNode node = ServingNode.current();
    ServedService served = node.services().find(options.service().name());
    if (served == null) {
      return Map.of();
    }
    ServedVersion version = served.version(query.version());
    int unfinished = node.history().size(options.service().name(), query.checkpoint());
    return Map.of(
        "inFlight", Integer.toString(served.service().inFlight()),
        "queued", Integer.toString(version.intake().size()),
        "unfinished", Integer.toString(unfinished));
  }

  /**
   * The query ends: what it left unfinished is for others, and a service of its own ends with it.
   */
  @Override
  public final void stop() {
    ServingNode node = ServingNode.current();
    if (query.ownsItself()) {
      node.services().release(options.service().name(), query.owner());
    }
    if (options.retry().replay() == Replay.UNFINISHED) {
      node.services().ended(options.service().name(), query.checkpoint());
    } // else the query, when it starts again, has to have the same requests
  }
}
