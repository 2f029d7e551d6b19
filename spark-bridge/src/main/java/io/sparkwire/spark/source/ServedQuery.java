package io.sparkwire.spark.source;

import io.sparkwire.intake.ServedVersion;
import io.sparkwire.message.RowId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.row.RowSchema;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.read.streaming.SparkDataStream;
import org.apache.spark.sql.execution.datasources.v2.StreamingDataSourceV2ScanRelation;
import scala.jdk.javaapi.CollectionConverters;

/** A query that reads the requests of a service, as its tasks know it. Immutable. */
public record ServedQuery(SparkwireOptions options, QueryId query) implements Serializable {

  /** The query whose stream that is; empty if it is no stream of requests. */
  public static Optional<ServedQuery> of(SparkDataStream stream) {
    return stream instanceof EpochStream epochs
        ? Optional.of(new ServedQuery(epochs.options, epochs.query))
        : Optional.empty();
  }

  /** The query that serves the requests which a plan reads; empty if it reads none. */
  public static Optional<ServedQuery> in(LogicalPlan plan) {
    if (plan instanceof StreamingDataSourceV2ScanRelation scan && of(scan.stream()).isPresent()) {
      return of(scan.stream());
    }
    return CollectionConverters.asJava(plan.children()).stream()
        .flatMap(child -> in(child).stream())
        .findFirst();
  }

  /** The version of the service that it computes, on a node that may begin to serve it by that. */
  public ServedVersion on(ServingNode node) {
    return node.services().serve(options.service(), query.owner()).version(query.version());
  }

  /** Reads a column of type {@link RowSchema#ID_TYPE}; null if it is null. */
  public static RowId rowId(InternalRow row, int ordinal) {
    return row.isNullAt(ordinal)
        ? null
        : ReplyEncoder.rowId(row.getStruct(ordinal, RowSchema.ID_TYPE.size()));
  }
}
