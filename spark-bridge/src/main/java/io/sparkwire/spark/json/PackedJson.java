package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.wire.RowLayout;
import java.io.IOException;
import java.util.Base64;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The way packed values of one column are read by the reader of JSON: each is written as the JSON
 * that its sender could have sent instead.
 *
 * <p>Text is a string, but for types that have no tensor of their own: a STRUCT, a MAP, an array or
 * a DECIMAL may come as text that is its JSON. Runs on: task thread. Immutable, hence thread-safe.
 */
record PackedJson(RowLayout.Column column, DataType type, JsonStructReader.Field field) {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** The next value, null or not. */
  Object read(PackedRow row) {
    boolean isSingle = column.elements() == 1 && !(column.isArray() && isArray());
    String value = isSingle ? element(row, type) : array(row);
    boolean mayBeNoJson = isSingle && isJsonText(type);
    try (JsonParser json = JSON.createParser("{" + string(field.name()) + ":" + value + "}")) {
      json.nextToken();
      json.nextToken();
      json.nextToken();
      Object read = field.reader().readOrNull(json, field.nullable());
      if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw noJson(value);
      }
      return read;
    } catch (IOException e) {
      throw mayBeNoJson ? noJson(value) : BadInputException.malformed(e);
    }
  }

  private boolean isArray() {
    return type instanceof ArrayType || Ddl.isVector(type);
  }

  private static boolean isJsonText(DataType type) {
    return type instanceof StructType
        || type instanceof MapType
        || type instanceof ArrayType
        || type instanceof DecimalType
        || Ddl.isVector(type);
  }

  private BadInputException noJson(String value) {
    return BadInputException.wrongValue(
        field.name(),
        field.reader().type() + ", as JSON",
        "a string \"" + JsonPlace.shown(value) + '"');
  }

  private String array(PackedRow row) {
    DataType element = type instanceof ArrayType array ? array.elementType() : type;
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < column.elements(); i++) {
      json.append(i == 0 ? "" : ",").append(element(row, element));
    }
    return json.append(']').toString();
  }

  private String element(PackedRow row, DataType of) {
    boolean isNull = row.isNull();
    String value =
        switch (column.type()) {
          case BOOL -> Boolean.toString(row.truth());
          case INT64 -> Long.toString(row.whole());
          case UINT64 -> Long.toUnsignedString(row.whole());
          case FP64 -> number(row.real());
          case TEXT -> text(row.bytes(), of);
          case BYTES -> bytes(row.bytes(), of);
        };
    return isNull ? "null" : value;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : string(Double.toString(value));
  }

  private String bytes(byte[] bytes, DataType of) {
    if (of instanceof BinaryType) {
      return string(Base64.getEncoder().encodeToString(bytes));
    }
    if (!Utf8.isWellFormed(bytes)) {
      throw BadInputException.wrongValue(
          field.name(), field.reader().type(), "bytes that are no text in UTF-8");
    }
    return text(bytes, of);
  }

  private static String text(byte[] bytes, DataType of) {
    String text = new String(bytes, UTF_8);
    return isJsonText(of) ? text : string(text);
  }

  private static String string(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
