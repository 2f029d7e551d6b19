package io.sparkwire.spark.catalyst;

import java.util.OptionalInt;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * How many elements the arrays of a column have, as its metadata say.
 *
 * <p>Spark's type of arrays has no size. The metadata of a column stay with it through selections,
 * and where it becomes a field of a struct. Runs on: driver. Stateless.
 */
public final class ArraySizes {

  /** The key in the metadata; its value is a whole number. */
  public static final String KEY = "sparkwire.size";

  private ArraySizes() {}

  /**
   * The column with a size; other metadata of it stay.
   *
   * @param size how many elements each of its arrays has, 0 or more
   * @throws IllegalArgumentException if the size is negative, or if it is no column of arrays
   */
  public static StructField sized(StructField column, int size) {
    if (size < 0 || !(column.dataType() instanceof ArrayType)) {
      throw new IllegalArgumentException(
          "only a column of arrays can have a size, which is 0 or more, got %s and %d"
              .formatted(column.sql(), size));
    }
    Metadata metadata =
        new MetadataBuilder().withMetadata(column.metadata()).putLong(KEY, size).build();
    return new StructField(column.name(), column.dataType(), column.nullable(), metadata);
  }

  /** The size; empty if the column has none, or if it is no column of arrays. */
  public static OptionalInt of(StructField column) {
    return column.dataType() instanceof ArrayType && column.metadata().contains(KEY)
        ? OptionalInt.of(Math.toIntExact(column.metadata().getLong(KEY)))
        : OptionalInt.empty();
  }
}
