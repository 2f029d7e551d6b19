package io.sparkwire.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ArraySizesTest {

  private static StructField column(String ddl) {
    return StructType.fromDDL(ddl).apply(0);
  }

  @Test
  void theSizeIsInTheMetadataBesideOthers() {
    StructField sized = ArraySizes.sized(column("a ARRAY<INT> NOT NULL COMMENT 'ids'"), 4);

    assertThat(ArraySizes.of(sized)).hasValue(4);
    assertThat(sized.getComment().get()).isEqualTo("ids");
    assertThat(sized.nullable()).isFalse();
    assertThat(sized.dataType()).isEqualTo(DataTypes.createArrayType(DataTypes.IntegerType));
    assertThat(sized.metadata().getLong("sparkwire.size")).isEqualTo(4);
    assertThat(ArraySizes.of(ArraySizes.sized(sized, 0))).hasValue(0);
  }

  @Test
  void aSchemaInJsonMayHaveIt() {
    StructType schema =
        (StructType)
            DataType.fromJson(
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\","
                    + "\"elementType\":\"float\",\"containsNull\":true},\"nullable\":true,"
                    + "\"metadata\":{\"sparkwire.size\":30}}]}");

    assertThat(Ddl.text(schema)).isEqualTo("a ARRAY<FLOAT>(30)");
    assertThat(DataType.fromJson(Ddl.columns("a ARRAY<FLOAT>(30)").json())).isEqualTo(schema);
  }

  @Test
  void aColumnWithoutItOrOfAnotherTypeHasNone() {
    StructField array = ArraySizes.sized(column("a ARRAY<INT>"), 4);

    assertThat(ArraySizes.of(column("a ARRAY<INT>"))).isEmpty();
    assertThat(ArraySizes.of(new StructField("a", DataTypes.StringType, true, array.metadata())))
        .isEmpty();
  }

  @Test
  void whatCannotHaveItIsRefused() {
    assertThatThrownBy(() -> ArraySizes.sized(column("a INT"), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "only a column of arrays can have a size, which is 0 or more, got a: INT and 4");
    assertThatThrownBy(() -> ArraySizes.sized(column("a ARRAY<INT>"), -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("got a: ARRAY<INT> and -1");
  }
}
