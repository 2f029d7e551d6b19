package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads one input of a request. Confined to one thread. */
final class InferenceInput {

  private static final int ROWS = 0;
  private static final int WIDTH = 1;
  private static final int MOST_DIMENSIONS = 2;
  private static final int NONE = -1;

  private final InferenceBody body;
  private final ByteBuffer binary;
  private final int mostRows;
  private String name;
  private TensorType type;
  private int[] shape;
  private Tensor tensor;

  /** Where data begins that came before the shape or the datatype. */
  private int dataAt = NONE;

  private int binaryLength = NONE;

  /**
   * @param binary what follows the JSON, without what inputs before have taken
   */
  InferenceInput(InferenceBody body, ByteBuffer binary, int mostRows) {
    this.body = body;
    this.binary = binary;
    this.mostRows = mostRows;
  }

  /** Reads the object that begins at the parser's token. */
  Tensor read(JsonParser json, JsonFactory factory) throws IOException, BadRowsException {
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      json.nextToken();
      switch (member) {
        case "name" -> name = string("name", json);
        case "datatype" -> type = datatype(json);
        case "shape" -> shape = readShape(json);
        case "parameters" -> readParameters(json);
        case "data" -> readData(json);
        default -> json.skipChildren();
      }
    }
    requireAll();
    if (tensor != null) {
      return new Tensor(name, tensor.rows(), tensor.width(), tensor.values());
    }
    if (binaryLength != NONE) {
      return data().read(binary, binaryLength);
    }
    if (dataAt == NONE) {
      throw wrong("'data' is missing");
    }
    try (JsonParser again =
        factory.createParser(body.bytes(), dataAt, body.jsonLength() - dataAt)) {
      again.nextToken();
      return data().read(again);
    }
  }

  private void requireAll() throws BadRowsException {
    if (name == null) {
      throw BadRowsException.malformed("each of 'inputs' must have a 'name'");
    }
    if (type == null) {
      throw wrong("'datatype' is missing, which must be one of " + TensorType.all());
    }
    if (shape == null) {
      throw wrong("'shape' is missing, which must be [n], or [n,k] for an array in each row");
    }
    if (binaryLength != NONE && (dataAt != NONE || tensor != null)) {
      throw wrong("there must be 'data' or 'binary_data_size', got both");
    }
  }

  private String string(String member, JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("'" + member + "' must be a string, got " + TensorData.found(json));
    }
    return json.getText();
  }

  private TensorType datatype(JsonParser json) throws IOException, BadRowsException {
    String text = string("datatype", json);
    return TensorType.of(text)
        .orElseThrow(
            () -> wrong("'datatype' must be one of " + TensorType.all() + ", got '" + text + "'"));
  }

  private int[] readShape(JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("'shape' must be an array, got " + TensorData.found(json));
    }
    List<Long> sizes = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean isSize =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && json.getLongValue() >= 0;
      if (!isSize) {
        throw wrong("'shape' must have sizes from 0 on, got " + TensorData.found(json));
      }
      sizes.add(json.getLongValue());
    }
    if (sizes.isEmpty() || sizes.size() > MOST_DIMENSIONS) {
      throw wrong("'shape' must be [n], or [n,k] for an array in each row, got " + sizes);
    }
    return checked(sizes);
  }

  /** Sizes that the body could have data for; otherwise memory would be anyone's to take. */
  private int[] checked(List<Long> sizes) throws BadRowsException {
    if (sizes.get(ROWS) > mostRows) {
      throw BadRowsException.tooMany(mostRows);
    }
    long width = sizes.size() > WIDTH ? sizes.get(WIDTH) : 1;
    if (width > body.bytes().length || sizes.get(ROWS) * width > body.bytes().length) {
      throw wrong("'shape' is " + sizes + ", for which the body has too few elements");
    }
    return sizes.stream().mapToInt(Math::toIntExact).toArray();
  }

  private void readParameters(JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("'parameters' must be an object, got " + TensorData.found(json));
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals("binary_data_size")) {
        binaryLength = length(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private int length(JsonParser json) throws IOException, BadRowsException {
    boolean isLength =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() == JsonParser.NumberType.INT
            && json.getIntValue() >= 0;
    if (!isLength) {
      throw wrong("'binary_data_size' must be a number of bytes, got " + TensorData.found(json));
    }
    return json.getIntValue();
  }

  private void readData(JsonParser json) throws IOException, BadRowsException {
    if (name != null && type != null && shape != null) {
      tensor = data().read(json);
    } else {
      dataAt = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
    }
  }

  private TensorData data() {
    int width = shape.length > WIDTH ? shape[WIDTH] : RowLayout.Column.SINGLE;
    return new TensorData(name, type, shape[ROWS], width);
  }

  private BadRowsException wrong(String detail) {
    return name == null ? BadRowsException.malformed(detail) : TensorData.of(name, detail);
  }
}
