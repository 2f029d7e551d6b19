package io.sparkwire.spark.source;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The step that passes on {@link ShuffledRows}.
 *
 * <p>Public only because Spark copies steps by their constructor. Immutable. Runs on: driver.
 */
public final class ShuffledRowsExec extends SparkPlan {

  private static final long serialVersionUID = 1;

  private final ServedQuery served;
  private final int id;
  private final SparkPlan child;

  /**
   * @param id the column with the request's id
   * @param child whose rows come from a shuffle
   */
  public ShuffledRowsExec(ServedQuery served, int id, SparkPlan child) {
    this.served = served;
    this.id = id;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return child
        .execute()
        .mapPartitions(
            new ShuffledRows.Maker(served, id), true, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  @Override
  public Seq<Attribute> output() {
    return child.output();
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new ShuffledRowsExec(served, id, children.head());
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> served;
      case 1 -> id;
      default -> child;
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ShuffledRowsExec;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof ShuffledRowsExec other
        && served.equals(other.served)
        && id == other.id
        && child.equals(other.child);
  }

  @Override
  public int hashCode() {
    return child.hashCode();
  }
}
