package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * The reader of STRUCT, and of the body itself: a JSON object in which every known name comes at
 * most once.
 *
 * <p>Unknown fields are skipped, but must be valid JSON.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
final class JsonStructReader implements JsonValueReader {
  /**
   * Marks a value of a row that has not been read yet; null cannot, because a value may be null.
   */
  private static final Object NOT_YET = new Object();

  private final Field[] fields;
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Object[] nothingYet;

  /**
   * One field of the struct.
   *
   * @param nullable whether it may be null or missing
   */
  record Field(String name, JsonValueReader reader, boolean nullable) {}

  /**
   * @throws IllegalArgumentException if two fields have the same name
   */
  JsonStructReader(Field[] fields) {
    this.fields = fields;
    this.nothingYet = new Object[fields.length];
    Arrays.fill(nothingYet, NOT_YET);
    for (int ordinal = 0; ordinal < fields.length; ordinal++) {
      String name = fields[ordinal].name();
      if (ordinals.put(name, ordinal) != null) {
        throw new IllegalArgumentException("the schema has two fields named '%s'".formatted(name));
      }
    }
  }

  @Override
  public String type() {
    return "STRUCT, a JSON object";
  }

  @Override
  public InternalRow read(JsonParser parser) throws IOException {
    require(JsonToken.START_OBJECT, parser);
    Object[] values = nothingYet.clone();
    int read = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Integer ordinal = ordinals.get(name);
      parser.nextToken();
      if (ordinal == null) {
        parser.skipChildren();
        continue;
      }
      if (values[ordinal] != NOT_YET) {
        throw BadInputException.repeated(JsonPlace.path(parser));
      }
      Field field = fields[ordinal];
      values[ordinal] = field.reader.readOrNull(parser, field.nullable);
      read++;
    }
    if (read < values.length) {
      fillMissing(values, parser);
    }
    return new GenericInternalRow(values);
  }

  private void fillMissing(Object[] values, JsonParser parser) {
    for (int ordinal = 0; ordinal < values.length; ordinal++) {
      if (values[ordinal] != NOT_YET) {
        continue;
      }
      Field field = fields[ordinal];
      if (!field.nullable) {
        String path = JsonPlace.pathOfLacking(parser, field.name);
        throw BadInputException.missing(path, field.reader.type());
      }
      values[ordinal] = null;
    }
  }
}
