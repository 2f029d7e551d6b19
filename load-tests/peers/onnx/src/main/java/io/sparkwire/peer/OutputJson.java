package io.sparkwire.peer;

import ai.onnxruntime.OnnxTensor;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.FloatBuffer;

/** A writer of outputs as arrays of JSON. Stateless. */
final class OutputJson {
  private OutputJson() {}

  /** Writes the only row of a tensor of floats. */
  static void writeRow(JsonGenerator json, OnnxTensor tensor) throws IOException {
    write(json, tensor.getFloatBuffer(), tensor.getInfo().getShape(), 1);
  }

  private static void write(JsonGenerator json, FloatBuffer numbers, long[] shape, int dimension)
      throws IOException {
    if (dimension == shape.length) {
      json.writeNumber(numbers.get());
      return;
    }
    json.writeStartArray();
    for (long i = 0; i < shape[dimension]; i++) {
      write(json, numbers, shape, dimension + 1);
    }
    json.writeEndArray();
  }
}
