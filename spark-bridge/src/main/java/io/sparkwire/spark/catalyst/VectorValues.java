package io.sparkwire.spark.catalyst;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * What generated code calls to see an ML vector as an array of doubles, or an array as a vector.
 *
 * <p>It reads the form in which Spark stores vectors, a struct (type, size, indices, values), and
 * so spares the way through objects. Public only because generated code lives in a package of
 * Spark. Stateless.
 */
public final class VectorValues implements Serializable {

  private static final long serialVersionUID = 1;
  private static final byte DENSE = 1;

  /**
   * All values of a vector, dense or sparse.
   *
   * @param stored an {@code InternalRow}; Spark looks the method up by a less specific type
   */
  public ArrayData toArray(Object stored) {
    return ofStored((InternalRow) stored);
  }

  /**
   * An array of doubles as a dense vector.
   *
   * @throws IllegalArgumentException if an element is null
   */
  public InternalRow toVector(ArrayData values) {
    for (int i = 0; i < values.numElements(); i++) {
      if (values.isNullAt(i)) {
        throw new IllegalArgumentException("a vector cannot hold null, as the array does at " + i);
      }
    }
    return new GenericInternalRow(new Object[] {DENSE, null, null, values});
  }

  public static ArrayData ofStored(InternalRow vector) {
    ArrayData values = vector.getArray(3);
    if (vector.getByte(0) == DENSE) {
      return values;
    }
    double[] all = new double[vector.getInt(1)];
    ArrayData indices = vector.getArray(2);
    for (int i = 0; i < indices.numElements(); i++) {
      all[indices.getInt(i)] = values.getDouble(i);
    }
    return UnsafeArrayData.fromPrimitiveArray(all);
  }
}
