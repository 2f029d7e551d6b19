package io.sparkwire.spark.catalyst;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Columns of Spark's plans, and the sequences that Spark takes them in. Stateless. */
public final class PlanColumns {

  private PlanColumns() {}

  /** A value as a column of that name and metadata. */
  public static Alias alias(Expression value, StructField field, ExprId id) {
    return new Alias(
        value,
        field.name(),
        id,
        sequence(List.of()),
        Option.apply(field.metadata()),
        sequence(List.of()));
  }

  /** A column that no other plan has. */
  public static Attribute fresh(StructField field) {
    return new AttributeReference(
        field.name(),
        field.dataType(),
        field.nullable(),
        field.metadata(),
        NamedExpression.newExprId(),
        sequence(List.of()));
  }

  public static StructField field(Attribute column) {
    return new StructField(column.name(), column.dataType(), column.nullable(), column.metadata());
  }

  /** The type of rows with these columns. */
  public static StructType type(List<? extends Attribute> columns) {
    return new StructType(columns.stream().map(PlanColumns::field).toArray(StructField[]::new));
  }

  public static <T> Seq<T> sequence(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }
}
