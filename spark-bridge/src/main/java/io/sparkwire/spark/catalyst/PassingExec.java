package io.sparkwire.spark.catalyst;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * A step that passes on the rows of another one, partition by partition, as they are.
 *
 * <p>Spark copies steps by their constructor, so that of a subclass must be public and take the
 * further parts and then the step below. Immutable. Runs on: driver.
 */
public abstract class PassingExec extends SparkPlan {

  private static final long serialVersionUID = 1;

  private final SparkPlan child;
  private final transient List<Object> parts;

  /**
   * @param child the step below
   * @param further what the constructor takes before it
   */
  protected PassingExec(SparkPlan child, Object... further) {
    this.child = child;
    this.parts = Stream.concat(Stream.of(further), Stream.of(child)).toList();
  }

  /** Passes on the rows of a partition; serializable. Runs on: task thread. */
  protected abstract Function1<Iterator<InternalRow>, Iterator<InternalRow>> passing();

  /** The same step above another one. */
  protected abstract PassingExec above(SparkPlan other);

  @Override
  public final RDD<InternalRow> doExecute() {
    return child
        .execute()
        .mapPartitions(passing(), true, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  @Override
  public final Seq<Attribute> output() {
    return child.output();
  }

  @Override
  public final Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public final Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public final Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public final SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return above(children.head());
  }

  @Override
  public final int productArity() {
    return parts.size();
  }

  @Override
  public final Object productElement(int n) {
    return parts.get(n);
  }

  @Override
  public final boolean canEqual(Object that) {
    return getClass().isInstance(that);
  }

  @Override
  public final boolean equals(Object that) {
    return that instanceof PassingExec other
        && getClass() == other.getClass()
        && parts.equals(other.parts);
  }

  @Override
  public final int hashCode() {
    return parts.hashCode();
  }
}
