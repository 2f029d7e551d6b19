package io.sparkwire.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorValuesTest {

  private static final VectorUDT TYPE = new VectorUDT();

  private final VectorValues values = new VectorValues();

  static Stream<Vector> vectors() {
    return Stream.of(
        Vectors.dense(new double[] {0.5, -1, Double.NaN}),
        Vectors.dense(new double[0]),
        Vectors.sparse(5, new int[] {1, 4}, new double[] {0.5, -1}),
        Vectors.sparse(1, new int[] {0}, new double[] {2}),
        Vectors.sparse(3, new int[0], new double[0]),
        Vectors.sparse(0, new int[0], new double[0]));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorIsAllOfItsValues(Vector vector) {
    assertThat(values.toArray(TYPE.serialize(vector)).toDoubleArray())
        .containsExactly(vector.toArray());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorInSparksOwnFormatIsAllOfItsValues(Vector vector) {
    StructType column = new StructType().add("v", SQLDataTypes.VectorType());
    InternalRow row = Catalyst.row(column, vector);

    assertThat(values.toArray(row.getStruct(0, 4)).toDoubleArray())
        .containsExactly(vector.toArray());
  }

  @Test
  void valuesOfADenseVectorAreNotCopied() {
    InternalRow dense = TYPE.serialize(Vectors.dense(new double[] {1, 2}));

    assertThat(values.toArray(dense)).isSameAs(dense.getArray(3));
  }
}
