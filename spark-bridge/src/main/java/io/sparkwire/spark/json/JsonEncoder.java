package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;

/**
 * The encoder of values of one type as JSON in UTF-8, one after the other through the same buffer.
 *
 * <p>Floating-point numbers have as few digits as distinguish them from their neighbours, on any
 * Java.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
final class JsonEncoder {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final JsonValueWriter writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;

  JsonEncoder(JsonValueWriter writer) {
    this.writer = writer;
    try {
      this.json = JSON.createGenerator(bytes, JsonEncoding.UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json.setRootValueSeparator(null);
  }

  /** The bytes of a value that is not null. */
  byte[] encode(SpecializedGetters row, int ordinal) {
    try {
      writer.write(json, row, ordinal);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] encoded = bytes.toByteArray();
    bytes.reset();
    return encoded;
  }
}
