package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.StructType;

/**
 * The writer of STRUCT: a JSON object, without the fields that are null unless the session wants
 * them.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
final class JsonStructWriter implements JsonValueWriter {
  private final SerializedString[] names;
  private final JsonValueWriter[] values;
  private final boolean nulls;

  /**
   * @param values how each field is written
   * @param nulls whether fields that are null are written
   */
  JsonStructWriter(StructType struct, JsonValueWriter[] values, boolean nulls) {
    this.names = new SerializedString[struct.size()];
    this.values = values;
    this.nulls = nulls;
    for (int i = 0; i < names.length; i++) {
      names[i] = new SerializedString(struct.fieldNames()[i]);
    }
  }

  /**
   * Checks that an object would have each name once. JSON distinguishes names by case, Spark does
   * not.
   *
   * @param path of the struct, for the message
   * @throws IllegalArgumentException if not; names the field
   */
  static void requireUniqueNames(StructType struct, String path) {
    Set<String> known = new HashSet<>();
    for (String name : struct.fieldNames()) {
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            "'%s' has two fields named '%s', but a JSON object has each name once; rename one of"
                    .formatted(path, name)
                + " them, as in SELECT value AS other_name");
      }
    }
  }

  @Override
  public void write(JsonGenerator json, SpecializedGetters row, int ordinal) throws IOException {
    InternalRow struct = row.getStruct(ordinal, names.length);
    json.writeStartObject();
    for (int i = 0; i < names.length; i++) {
      if (!struct.isNullAt(i)) {
        json.writeFieldName(names[i]);
        values[i].write(json, struct, i);
      } else if (nulls) {
        json.writeFieldName(names[i]);
        json.writeNull();
      }
    }
    json.writeEndObject();
  }
}
