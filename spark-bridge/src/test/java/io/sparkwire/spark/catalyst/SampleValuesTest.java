package io.sparkwire.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

class SampleValuesTest {

  @Test
  void arraysAndVectorsHaveTheirSizes() {
    GenericInternalRow row =
        new SampleValues(7, "x")
            .row(
                Ddl.columns(
                    "a ARRAY<INT>(3), b ARRAY<INT>, c STRUCT<d: ARRAY<FLOAT>(2)>, e VECTOR(4)"));

    assertThat(row.getArray(0).toIntArray()).containsExactly(7, 7, 7);
    assertThat(row.getArray(1).toIntArray()).containsExactly(7);
    assertThat(row.getStruct(2, 1).getArray(0).toFloatArray()).containsExactly(7, 7);
    assertThat(row.getStruct(3, 4).getArray(3).numElements()).isEqualTo(4);
  }
}
