package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The cells of a row, which are all texts, as the JSON that the strict parser reads: a number or a
 * truth value where the schema has one and the text is one, otherwise a string.
 *
 * <p>Immutable, hence thread-safe.
 */
public final class TextCells implements Serializable {

  private static final long serialVersionUID = 1;

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
  private static final Pattern TRUTH = Pattern.compile("true|false");
  private static final JsonFactory JSON = new JsonFactory();

  private final StructType schema;
  private final Map<String, DataType> types = new HashMap<>();

  public TextCells(StructType schema) {
    this.schema = schema;
    for (StructField field : schema.fields()) {
      types.put(field.name(), field.dataType());
    }
  }

  /**
   * One JSON object.
   *
   * @param texts a JSON object of texts by name, or an array of them in the order of the schema
   */
  public byte[] toJson(byte[] texts) throws BadInputException {
    ByteArrayOutputStream json = new ByteArrayOutputStream(2 * texts.length);
    try (JsonParser in = JSON.createParser(texts);
        JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      if (in.nextToken() == JsonToken.START_OBJECT) {
        byName(in, out);
      } else {
        inOrder(in, out);
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // both are in memory, and well-formed
    }
    return json.toByteArray();
  }

  private void byName(JsonParser in, JsonGenerator out) throws IOException {
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      out.writeFieldName(name);
      write(in, types.get(name), out);
    }
  }

  private void inOrder(JsonParser in, JsonGenerator out) throws IOException {
    int cells = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (cells < schema.size()) {
        out.writeFieldName(schema.fields()[cells].name());
        write(in, schema.fields()[cells].dataType(), out);
      }
      cells++;
    }
    if (cells != schema.size()) {
      throw BadInputException.wrongBody(
          schema.size() + " cells, as the schema has columns", cells + " cells");
    }
  }

  private static void write(JsonParser in, DataType type, JsonGenerator out) throws IOException {
    String text = in.currentToken() == JsonToken.VALUE_NULL ? null : in.getText();
    boolean isValue =
        text != null
            && ((type instanceof NumericType && NUMBER.matcher(text.strip()).matches())
                || (type instanceof BooleanType && TRUTH.matcher(text.strip()).matches()));
    if (isValue) {
      out.writeRawValue(text.strip());
    } else {
      out.writeString(text);
    }
  }
}
