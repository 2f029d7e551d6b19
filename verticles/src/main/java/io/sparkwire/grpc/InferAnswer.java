package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.protobuf.inference.InferTensorContents;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import io.sparkwire.protobuf.inference.ModelInferResponse.InferOutputTensor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes the answer of ModelInfer of a reply as REST has it. Confined to one thread. */
final class InferAnswer {

  private static final String NO_FORM =
      "the reply is not one of the Open Inference Protocol, so gRPC has no form for it";

  private final boolean raw;
  private final ModelInferResponse.Builder answer = ModelInferResponse.newBuilder();

  private InferAnswer(boolean raw) {
    this.raw = raw;
  }

  /**
   * The answer that says the same.
   *
   * @param reply a success
   * @param raw whether outputs are wanted in {@code raw_output_contents}
   * @throws BadBodyException if there is none
   */
  static ModelInferResponse of(ServiceReply reply, boolean raw) throws BadBodyException {
    InferAnswer answer = new InferAnswer(raw);
    try {
      answer.read(reply.body(), jsonLength(reply));
    } catch (DecodeException | ClassCastException | IndexOutOfBoundsException e) {
      throw failed(NO_FORM);
    }
    return answer.answer.build();
  }

  /** How many bytes of a body are JSON; what follows are tensors. */
  private static int jsonLength(ServiceReply reply) {
    for (Header field : reply.headers()) {
      if (field.name().equalsIgnoreCase(InferCall.JSON_LENGTH)) {
        return Integer.parseInt(field.value());
      }
    }
    return reply.body().length;
  }

  private static BadBodyException failed(String detail) {
    return new BadBodyException(FailureCode.PIPELINE_FAILED, detail);
  }

  private void read(byte[] body, int jsonLength) throws BadBodyException {
    JsonObject json = new JsonObject(Buffer.buffer(body).slice(0, jsonLength));
    if (!json.containsKey("outputs")) {
      throw failed(NO_FORM);
    }
    answer
        .setModelName(json.getString("model_name", ""))
        .setModelVersion(json.getString("model_version", ""))
        .setId(json.getString("id", ""));
    ByteBuffer tensors = ByteBuffer.wrap(body, jsonLength, body.length - jsonLength);
    JsonArray outputs = json.getJsonArray("outputs");
    for (int i = 0; i < outputs.size(); i++) {
      add(outputs.getJsonObject(i), tensors);
    }
  }

  private void add(JsonObject output, ByteBuffer tensors) throws BadBodyException {
    String name = output.getString("name");
    JsonObject parameters = output.getJsonObject("parameters", new JsonObject());
    Integer size = parameters.getInteger("binary_data_size");
    if (size == null) {
      throw failed(
          "output '%s' of %s has a null, for which gRPC has no form"
              .formatted(name, output.getString("datatype")));
    }
    ByteBuffer data = tensors.slice(tensors.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    tensors.position(tensors.position() + size);
    InferOutputTensor.Builder tensor =
        InferOutputTensor.newBuilder().setName(name).setDatatype(output.getString("datatype"));
    for (Object length : output.getJsonArray("shape")) {
      tensor.addShape(((Number) length).longValue());
    }
    if (raw) {
      answer.addRawOutputContents(ByteString.copyFrom(data));
    } else {
      tensor.setContents(contents(output.getString("datatype"), data));
    }
    answer.addOutputs(tensor);
  }

  private static InferTensorContents contents(String datatype, ByteBuffer data)
      throws BadBodyException {
    ElementType type =
        ElementType.of(datatype)
            .orElseThrow(() -> failed(datatype + " has no field in contents; ask with raw inputs"));
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    while (data.hasRemaining()) {
      type.read(data, contents);
    }
    return contents.build();
  }
}
