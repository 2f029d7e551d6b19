package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes the reply to a request: JSON, and tensors in binary after it. Confined to one thread. */
final class InferenceReply {

  private static final int ROOM = 256;
  private static final int ROOM_FOR_VALUE = 16;

  private final ByteArrayOutputStream json;
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private boolean hasBinary;

  private InferenceReply(int values) {
    this.json = new ByteArrayOutputStream(ROOM + ROOM_FOR_VALUE * values);
  }

  /**
   * The reply with these outputs.
   *
   * @param id of the request, as it wrote it; null if it has none
   * @param inBinary for each output whether it is wanted in binary
   */
  static ServiceReply of(
      ServiceSpec service, JsonSlice id, List<OutputTensor> outputs, List<Boolean> inBinary) {
    InferenceReply reply =
        new InferenceReply(outputs.stream().mapToInt(output -> output.values().size()).sum());
    reply.writeBegin(service, id);
    for (int i = 0; i < outputs.size(); i++) {
      reply.text(i == 0 ? "" : ",");
      reply.write(outputs.get(i), inBinary.get(i));
    }
    reply.text("]}");
    return reply.made();
  }

  private ServiceReply made() {
    if (!hasBinary) {
      return ServiceReply.ok("application/json", json.toByteArray());
    }
    int length = json.size();
    json.writeBytes(binary.toByteArray());
    return ServiceReply.ok("application/octet-stream", json.toByteArray())
        .with(new Header(InferenceBody.JSON_LENGTH, Integer.toString(length)));
  }

  private void text(String text) {
    json.writeBytes(text.getBytes(UTF_8));
  }

  private void string(String text) {
    text("\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"');
  }

  private void writeBegin(ServiceSpec service, JsonSlice id) {
    text("{\"model_name\":");
    string(service.name());
    text(",\"model_version\":\"" + service.schema().version() + '"');
    if (id != null) {
      text(",\"id\":");
      id.writeTo(json);
    }
    text(",\"outputs\":[");
  }

  private void write(OutputTensor output, boolean inBinary) {
    List<Integer> shape = new ArrayList<>(List.of(output.values().size()));
    if (output.column().isArray()) {
      shape.add(output.width());
    }
    text("{\"name\":");
    string(output.column().name());
    text(
        ",\"datatype\":\""
            + output.column().type()
            + "\",\"shape\":"
            + shape.toString().replace(" ", ""));
    if (inBinary && BinaryOutput.canHold(output)) {
      int before = binary.size();
      new BinaryOutput(output.column(), binary).write(output.values());
      hasBinary = true;
      text(",\"parameters\":{\"binary_data_size\":" + (binary.size() - before) + "}}");
    } else {
      text(",\"data\":[");
      writeData(output);
      text("]}");
    }
  }

  private void writeData(OutputTensor output) {
    boolean first = true;
    for (JsonSlice value : output.values()) {
      if (!first) {
        json.write(',');
      }
      first = false;
      if (output.column().isArray()) {
        json.write(value.text(), value.from() + 1, value.to() - value.from() - 2);
      } else if (output.column().form() == TensorColumn.Form.NESTED && !value.isNull()) {
        string(value.source());
      } else {
        value.writeTo(json);
      }
    }
  }
}
