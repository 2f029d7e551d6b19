package io.sparkwire.spark.source;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.V2CommandExec;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The step that has Spark's own write the replies of one epoch, in an {@link EpochJob} that a stop
 * of the query ends in order.
 *
 * <p>Public only because Spark copies steps by their constructor. Immutable. Runs on: driver, on a
 * query's own thread.
 */
public final class ServedWriteExec extends V2CommandExec {

  private static final long serialVersionUID = 1;

  private final SparkPlan write;

  public ServedWriteExec(SparkPlan write) {
    this.write = write;
  }

  @Override
  public Seq<InternalRow> run() {
    List<InternalRow> rows =
        EpochJob.of(write)
            .map(job -> job.run(() -> List.of(write.executeCollect())))
            .orElseGet(() -> List.of(write.executeCollect()));
    return CollectionConverters.asScala(rows).toSeq();
  }

  @Override
  public Seq<Attribute> output() {
    return write.output();
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.of(write)).toSeq();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new ServedWriteExec(children.head());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int n) {
    return write;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ServedWriteExec;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof ServedWriteExec other && write.equals(other.write);
  }

  @Override
  public int hashCode() {
    return write.hashCode();
  }
}
