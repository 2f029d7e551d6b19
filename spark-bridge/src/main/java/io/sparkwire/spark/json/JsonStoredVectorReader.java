package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The reader of an ML vector in either form: an array, or the object that Spark's {@code to_json}
 * writes, which has the fields in which Spark stores it.
 *
 * <p>A sparse vector may claim any size for a few bytes, so it is read only where the schema
 * declares one.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param array the reader of an array
 * @param stored the reader of type, size, indices and values
 */
record JsonStoredVectorReader(JsonVectorReader array, JsonStructReader stored)
    implements JsonValueReader {

  private static final byte SPARSE = 0;
  private static final byte DENSE = 1;

  private static final int TYPE = 0;
  private static final int SIZE = 1;
  private static final int INDICES = 2;
  private static final int VALUES = 3;

  @Override
  public String type() {
    return array.type();
  }

  @Override
  public InternalRow read(JsonParser parser) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      return array.read(parser);
    }
    InternalRow vector = stored.read(parser);
    if (isDense(vector)) {
      requireSize(array.size(), vector.getArray(VALUES).numElements(), parser);
    } else if (!isSparse(vector, array.size())) {
      String advice =
          array.size().isPresent() ? "" : ", or VECTOR(n) in the schema for a sparse one";
      throw BadInputException.wrongValue(
          JsonPlace.path(parser), type() + advice, "an object that is no such vector");
    }
    return vector;
  }

  private static boolean isDense(InternalRow vector) {
    return vector.getByte(TYPE) == DENSE
        && vector.isNullAt(SIZE)
        && vector.isNullAt(INDICES)
        && !vector.isNullAt(VALUES);
  }

  /** Whether it has that size, and ascending indices, one for each value. */
  private static boolean isSparse(InternalRow vector, OptionalInt size) {
    boolean isWhole =
        vector.getByte(TYPE) == SPARSE
            && !vector.isNullAt(SIZE)
            && !vector.isNullAt(INDICES)
            && !vector.isNullAt(VALUES);
    if (!isWhole || size.isEmpty() || vector.getInt(SIZE) != size.getAsInt()) {
      return false;
    }
    int[] indices = vector.getArray(INDICES).toIntArray();
    int before = -1;
    for (int index : indices) {
      if (index <= before || index >= size.getAsInt()) {
        return false;
      }
      before = index;
    }
    return indices.length == vector.getArray(VALUES).numElements();
  }
}
