package io.sparkwire.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import ml.combust.mleap.core.types.StructField;
import ml.combust.mleap.core.types.StructType;
import ml.combust.mleap.runtime.frame.Row;
import ml.combust.mleap.runtime.javadsl.LeapFrameBuilder;

/** A reader of penguins in JSON, as rows of MLeap. Runs on: event loop. */
final class PenguinParser {
  private static final List<String> COLUMNS =
      List.of(
          "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex");

  private final JsonFactory json;
  private final LeapFrameBuilder frames;
  private final StructType schema;

  PenguinParser(JsonFactory json, LeapFrameBuilder frames) {
    this.json = json;
    this.frames = frames;
    this.schema = frames.createSchema(COLUMNS.stream().map(this::field).toList());
  }

  private StructField field(String name) {
    boolean text = name.equals("island") || name.equals("sex");
    return frames.createField(name, text ? frames.createString() : frames.createDouble());
  }

  StructType schema() {
    return schema;
  }

  Row parse(Buffer body) throws IOException {
    Object[] values = new Object[COLUMNS.size()];
    try (JsonParser parser = json.createParser(body.getBytes())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int column = COLUMNS.indexOf(parser.currentName());
        JsonToken token = parser.nextToken();
        if (column < 0) {
          parser.skipChildren();
        } else {
          values[column] = token.isNumeric() ? (Object) parser.getDoubleValue() : parser.getText();
        }
      }
    }
    return frames.createRow(values[0], values[1], values[2], values[3], values[4], values[5]);
  }
}
