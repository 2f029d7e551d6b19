package io.sparkwire.spark.source;

import io.sparkwire.history.Replay;
import io.sparkwire.spark.metrics.RequestsRead;
import io.sparkwire.spark.metrics.RowsRead;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.version.RealTime;
import io.sparkwire.spark.version.RunningQuery;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.ContinuousStream;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/** The scan of one service's requests. Immutable. Runs on: driver. */
public record SparkwireScan(SparkwireOptions options) implements Scan, ScanBuilder {

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return RowSchema.ROW_TYPE;
  }

  @Override
  public String description() {
    return "sparkwire " + options.service().name();
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return new CustomMetric[] {new RequestsRead(), new RowsRead()};
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    RowPassage.ofCurrentThread().map(RunningQuery::trigger).ifPresent(SparkwireScan::checkLasts);
    QueryCheckpoint.ofSource(checkpointLocation).check(false);
    QueryId query = QueryId.ofCurrentThread(checkpointLocation);
    if (RealTime.EXISTS) {
      return new RealTimeMicroBatchStream(options, query);
    }
    return new SparkwireMicroBatchStream(options, query);
  }

  @SuppressWarnings("deprecation") // Trigger.Once, which is still there to be refused
  private static void checkLasts(Trigger trigger) {
    if (trigger.equals(Trigger.AvailableNow()) || trigger.equals(Trigger.Once())) {
      throw new IllegalArgumentException(
          "the triggers availableNow and once end a query when it has read all there is, but a"
              + " service's requests have no end; use processingTime, which is the default,"
              + " real-time or continuous");
    }
  }

  @Override
  public ContinuousStream toContinuousStream(String checkpointLocation) {
    if (options.retry().replay() == Replay.EXACT) {
      throw new IllegalArgumentException(
          "option 'replay' must be unfinished under the continuous trigger, where readers outlive"
              + " epochs; use the micro-batch trigger for exact");
    }
    QueryCheckpoint.ofSource(checkpointLocation).check(true);
    return new SparkwireContinuousStream(options, QueryId.ofCurrentThread(checkpointLocation));
  }
}
