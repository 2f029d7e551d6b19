package io.sparkwire.wire;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the inputs of a request, in one streaming pass. Confined to one thread.
 *
 * <p>Data that comes before shape and datatype is skipped, and read when the rest of its input is
 * known.
 */
final class InferenceReader {

  private static final int SHOWN_LENGTH = 40;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(SHOWN_LENGTH).build())
          .build();

  private final InferenceBody body;
  private final ByteBuffer binary;
  private final int mostRows;
  private final List<Tensor> tensors = new ArrayList<>();

  private InferenceReader(InferenceBody body, int mostRows) {
    this.body = body;
    this.binary = body.binary();
    this.mostRows = mostRows;
  }

  /**
   * The inputs of a request, at least one, which all have the same number of rows.
   *
   * @throws BadRowsException if the body is not valid JSON, or not such a request, or has more rows
   */
  static List<Tensor> read(InferenceBody body, int mostRows) throws BadRowsException {
    InferenceReader reader = new InferenceReader(body, mostRows);
    try (JsonParser json = JSON.createParser(body.bytes(), 0, body.jsonLength())) {
      reader.read(json);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw BadRowsException.malformed(e.getMessage());
    }
    reader.check();
    return reader.tensors;
  }

  private static BadRowsException malformed(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return BadRowsException.malformed(
        "the body is not valid JSON: " + e.getOriginalMessage() + where);
  }

  private void read(JsonParser json) throws IOException, BadRowsException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw BadRowsException.malformed("the body must be a JSON object with 'inputs'");
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("inputs")) {
        readInputs(json);
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw BadRowsException.malformed("the body must be one JSON object, got more after it");
    }
  }

  private void readInputs(JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw BadRowsException.malformed("'inputs' must be an array, got " + TensorData.found(json));
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw BadRowsException.malformed(
            "each of 'inputs' must be an object, got " + TensorData.found(json));
      }
      tensors.add(new InferenceInput(body, binary, mostRows).read(json, JSON));
    }
  }

  private void check() throws BadRowsException {
    if (tensors.isEmpty()) {
      throw BadRowsException.malformed("the body must have 'inputs', at least one");
    }
    if (binary.hasRemaining()) {
      throw BadRowsException.malformed(
          binary.remaining() + " bytes follow the JSON that are of no input");
    }
    Set<String> names = new HashSet<>();
    int rows = tensors.get(0).rows();
    for (Tensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw TensorData.of(tensor.name(), "each input must come once, but it came again");
      }
      if (tensor.rows() != rows) {
        throw TensorData.of(
            tensor.name(),
            "all inputs must have the same number of rows; '%s' has %d, got %d"
                .formatted(tensors.get(0).name(), rows, tensor.rows()));
      }
    }
  }
}
