package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.wire.RawJson;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The values of a row without the names of their columns, as the JSON object that the strict parser
 * reads. Values stay as they were written.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
public final class OrderedValues implements Serializable {

  private static final long serialVersionUID = 1;

  /** Of the columns in their order, with quotation marks. */
  private final List<byte[]> names = new ArrayList<>();

  /** Whether there is one column, whose values are arrays. */
  private final boolean isOneArray;

  public OrderedValues(StructType schema) {
    for (StructField field : schema.fields()) {
      String name = new String(JsonStringEncoder.getInstance().quoteAsString(field.name()));
      names.add(('"' + name + '"').getBytes(UTF_8));
    }
    isOneArray = names.size() == 1 && isArray(schema.fields()[0].dataType());
  }

  private static boolean isArray(DataType type) {
    return type instanceof ArrayType || Ddl.isVector(type);
  }

  /**
   * One JSON object.
   *
   * @param row an array of values in the order of the columns, or an object, which stays as it is;
   *     where there is one column, also its value
   */
  public byte[] toJson(byte[] row) throws BadInputException {
    try (RawJson json = new RawJson(row)) {
      JsonToken first = json.next();
      if (first == JsonToken.START_OBJECT) {
        return row;
      }
      boolean isValue = names.size() == 1 && (isOneArray || first != JsonToken.START_ARRAY);
      if (isValue) {
        return json.object(names, new int[] {0, row.length});
      }
      if (first != JsonToken.START_ARRAY) {
        throw wrong(json.found());
      }
      int[] values = json.elements();
      if (values.length != 2 * names.size()) {
        throw wrong("an array of " + values.length / 2);
      }
      return json.object(names, values);
    } catch (IOException e) {
      throw BadInputException.malformed(e);
    }
  }

  private BadInputException wrong(String found) {
    return BadInputException.wrongBody(
        "an object, or an array of " + names.size() + " values, as the schema has columns", found);
  }
}
