package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.ArraySizes;
import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The type of arrays with a given number of elements, by which permissive mode reads them.
 *
 * <p>To Spark it is equal to the type of all arrays with such elements; it stays with the parser
 * and gets into no plan. Immutable.
 */
final class SizedArray extends ArrayType {

  private static final long serialVersionUID = 1;

  private final int size;

  private SizedArray(ArrayType type, int size) {
    super(type.elementType(), type.containsNull());
    this.size = size;
  }

  /** The columns with these types where the metadata have a size. */
  static StructType in(StructType columns) {
    return new StructType(
        Arrays.stream(columns.fields())
            .map(
                field ->
                    new StructField(
                        field.name(), typeOf(field), field.nullable(), field.metadata()))
            .toArray(StructField[]::new));
  }

  private static DataType typeOf(StructField field) {
    if (field.dataType() instanceof StructType struct) {
      return in(struct);
    }
    return ArraySizes.of(field).isPresent()
        ? new SizedArray((ArrayType) field.dataType(), ArraySizes.of(field).getAsInt())
        : field.dataType();
  }

  int size() {
    return size;
  }
}
