package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/**
 * The way the values of one type are written as JSON.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
interface JsonValueWriter {

  /**
   * Writes a value that is not null.
   *
   * @param row a row or an array
   */
  void write(JsonGenerator json, SpecializedGetters row, int ordinal) throws IOException;

  /** The same, with {@code null} for a value that is. */
  default void writeOrNull(JsonGenerator json, SpecializedGetters row, int ordinal)
      throws IOException {
    if (row.isNullAt(ordinal)) {
      json.writeNull();
    } else {
      write(json, row, ordinal);
    }
  }
}
