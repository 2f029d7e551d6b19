package io.sparkwire.spark.source;

import io.sparkwire.spark.row.RowSchema;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A service as Spark sees it: a table to read requests from and to write replies to. Each query
 * that writes has its own.
 */
public final class SparkwireTable implements SupportsRead, SupportsWrite {

  /** The short name of the data source. */
  public static final String FORMAT = "sparkwire";

  private final Consumer<LogicalPlan> check;
  private final EpochStart start;

  /**
   * @param check refuses the analysed plan of a query that writes here, by an exception
   * @param prepare gets the plan of each epoch before its tasks start; may block
   */
  public SparkwireTable(Consumer<LogicalPlan> check, Consumer<SparkPlan> prepare) {
    this.check = check;
    this.start = new EpochStart(prepare);
  }

  @Override
  public String name() {
    return FORMAT;
  }

  @Override
  @SuppressWarnings("deprecation") // its successor, columns(), is derived from it
  public StructType schema() {
    return RowSchema.ROW_TYPE;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(
        TableCapability.MICRO_BATCH_READ,
        TableCapability.CONTINUOUS_READ,
        TableCapability.STREAMING_WRITE,
        TableCapability.ACCEPT_ANY_SCHEMA);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new SparkwireScan(SparkwireOptions.of(options.asCaseSensitiveMap()));
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    RowPassage.query(info.queryId()).ifPresent(q -> check.accept(q.analyzedPlan()));
    return new SparkwireWriteBuilder(ReplyColumns.of(info.schema()), info.queryId(), start);
  }
}
