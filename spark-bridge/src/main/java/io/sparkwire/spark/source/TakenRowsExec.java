package io.sparkwire.spark.source;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * The step that gives on {@link TakenRows}.
 *
 * <p>Public only because Spark copies steps by their constructor. Immutable. Runs on: driver.
 */
public final class TakenRowsExec extends SparkPlan {

  private static final long serialVersionUID = 1;

  private final SparkPlan scan;

  public TakenRowsExec(SparkPlan scan) {
    this.scan = scan;
  }

  private static final class Taking
      extends AbstractFunction1<Iterator<InternalRow>, Iterator<InternalRow>>
      implements java.io.Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public Iterator<InternalRow> apply(Iterator<InternalRow> rows) {
      return TakenRows.of(rows);
    }
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return scan.execute()
        .mapPartitions(new Taking(), true, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  @Override
  public Seq<Attribute> output() {
    return scan.output();
  }

  @Override
  public Partitioning outputPartitioning() {
    return scan.outputPartitioning();
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.of(scan)).toSeq();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new TakenRowsExec(children.head());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int n) {
    return scan;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof TakenRowsExec;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof TakenRowsExec other && scan.equals(other.scan);
  }

  @Override
  public int hashCode() {
    return scan.hashCode();
  }
}
