package io.sparkwire.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network that is given one row as a JSON object, and gives one back: a field for each input and
 * output.
 *
 * <p>Each thread has one of its own, whose memory is used again for each request. Not thread-safe.
 */
final class JsonNetwork {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private final Network network;
  private final Map<String, InputBuffer> inputs = new LinkedHashMap<>();

  JsonNetwork(Network network) {
    this.network = network;
    network.inputs().forEach((name, info) -> inputs.put(name, new InputBuffer(info)));
  }

  /**
   * Computes the reply to a request.
   *
   * @throws IOException if the body is no JSON object with the inputs
   * @throws OrtException if the network does not take them
   */
  byte[] answer(byte[] body) throws IOException, OrtException {
    read(body);
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, InputBuffer> input : inputs.entrySet()) {
        tensors.put(input.getKey(), input.getValue().tensor(network.environment()));
      }
      try (OrtSession.Result outputs = network.session().run(tensors)) {
        return write(outputs);
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private void read(byte[] body) throws IOException {
    int missing = inputs.size();
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        InputBuffer input = inputs.get(parser.currentName());
        parser.nextToken();
        if (input == null) {
          parser.skipChildren();
        } else {
          input.read(parser);
          missing--;
        }
      }
    }
    if (missing != 0) {
      throw new IOException("a request must have each of " + inputs.keySet() + " once");
    }
  }

  private static byte[] write(OrtSession.Result outputs) throws IOException {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (Map.Entry<String, OnnxValue> output : outputs) {
        json.writeFieldName(output.getKey());
        OutputJson.writeRow(json, (OnnxTensor) output.getValue());
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    }
  }
}
