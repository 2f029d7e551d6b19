package io.sparkwire.onnx;

import java.io.Serializable;
import org.apache.spark.sql.types.StructField;

/** A column that a network gives. Immutable. */
interface NetworkColumn extends Serializable {

  StructField field();

  /** The output of the network that it is made of. */
  String output();

  /**
   * Its value in a row, as Spark's internal rows have it.
   *
   * @throws IllegalStateException if the network gave something that cannot be one; says why
   */
  Object value(RowOutputs row);
}
