package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.protobuf.inference.InferParameter;
import io.sparkwire.protobuf.inference.InferTensorContents;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.sparkwire.protobuf.inference.ModelInferRequest.InferInputTensor;
import io.sparkwire.protobuf.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request of ModelInfer as REST has it: JSON, and all tensors in binary after it.
 *
 * @param jsonLength in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record InferBody(byte[] bytes, int jsonLength) {

  private static final String PARAMETERS = "parameters";
  private static final String BINARY_SIZE = "binary_data_size";
  private static final String BINARY_DATA = "binary_data";
  private static final String BINARY_OUTPUT = "binary_data_output";

  /**
   * @param most how many bytes the tensors may have
   */
  static InferBody of(ModelInferRequest request, long most) throws BadBodyException {
    List<ByteString> tensors = tensors(request, most);
    byte[] json = json(request, tensors).toBuffer().getBytes();
    int length = json.length + tensors.stream().mapToInt(ByteString::size).sum();
    ByteBuffer body = ByteBuffer.allocate(length).put(json);
    tensors.forEach(tensor -> tensor.copyTo(body));
    return new InferBody(body.array(), json.length);
  }

  private static List<ByteString> tensors(ModelInferRequest request, long most)
      throws BadBodyException {
    int raw = request.getRawInputContentsCount();
    if (raw == 0) {
      return typed(request, most);
    }
    if (raw != request.getInputsCount()) {
      throw BadBodyException.malformed(
          "raw_input_contents must have one element for each of the %d inputs, got %d"
              .formatted(request.getInputsCount(), raw));
    }
    for (InferInputTensor input : request.getInputsList()) {
      if (input.hasContents()) {
        throw wrong(input, "must have no contents beside raw_input_contents");
      }
    }
    return request.getRawInputContentsList();
  }

  private static List<ByteString> typed(ModelInferRequest request, long most)
      throws BadBodyException {
    List<ByteString> tensors = new ArrayList<>();
    long left = most;
    for (InferInputTensor input : request.getInputsList()) {
      ElementType type = type(input);
      long size = type.size(input.getContents());
      left -= size;
      if (left < 0) {
        throw GrpcMessages.tooLarge(most);
      }
      tensors.add(binary(input, type, (int) size));
    }
    return tensors;
  }

  private static ElementType type(InferInputTensor input) throws BadBodyException {
    return ElementType.of(input.getDatatype())
        .orElseThrow(
            () ->
                wrong(
                    input,
                    "must have a datatype with a field in contents (%s), or raw_input_contents, got '%s'"
                        .formatted(ElementType.all(), input.getDatatype())));
  }

  private static ByteString binary(InferInputTensor input, ElementType type, int size)
      throws BadBodyException {
    InferTensorContents contents = input.getContents();
    int count = type.count(contents);
    if (count == 0 && contents.getSerializedSize() > 0) {
      throw wrong(input, "of " + type + " must have its elements in " + type.field());
    }
    ByteBuffer binary = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int i = 0; i < count; i++) {
        type.write(contents, i, binary);
      }
    } catch (BadBodyException e) {
      throw wrong(input, e.getMessage());
    }
    return ByteString.copyFrom(binary.flip());
  }

  private static BadBodyException wrong(InferInputTensor input, String detail) {
    return BadBodyException.malformed("input '" + input.getName() + "' " + detail);
  }

  private static JsonObject json(ModelInferRequest request, List<ByteString> tensors) {
    JsonObject json = new JsonObject();
    if (!request.getId().isEmpty()) {
      json.put("id", request.getId());
    }
    json.put(PARAMETERS, parameters(request.getParametersMap()).put(BINARY_OUTPUT, true));
    JsonArray inputs = new JsonArray();
    for (int i = 0; i < tensors.size(); i++) {
      inputs.add(input(request.getInputs(i), tensors.get(i).size()));
    }
    json.put("inputs", inputs);
    if (request.getOutputsCount() > 0) {
      JsonArray outputs = new JsonArray();
      request.getOutputsList().forEach(output -> outputs.add(output(output)));
      json.put("outputs", outputs);
    }
    return json;
  }

  private static JsonObject input(InferInputTensor input, int bytes) {
    return JsonObject.of(
        "name",
        input.getName(),
        "datatype",
        input.getDatatype(),
        "shape",
        new JsonArray(input.getShapeList()),
        PARAMETERS,
        parameters(input.getParametersMap()).put(BINARY_SIZE, bytes));
  }

  private static JsonObject output(InferRequestedOutputTensor output) {
    JsonObject parameters = parameters(output.getParametersMap());
    parameters.remove(BINARY_DATA); // which is of REST
    return JsonObject.of("name", output.getName(), PARAMETERS, parameters);
  }

  private static JsonObject parameters(Map<String, InferParameter> all) {
    JsonObject parameters = new JsonObject();
    all.forEach((name, value) -> parameters.put(name, parameter(value)));
    return parameters;
  }

  private static Object parameter(InferParameter value) {
    return switch (value.getParameterChoiceCase()) {
      case BOOL_PARAM -> value.getBoolParam();
      case INT64_PARAM -> value.getInt64Param();
      case STRING_PARAM -> value.getStringParam();
      case DOUBLE_PARAM -> value.getDoubleParam();
      case UINT64_PARAM -> new BigInteger(Long.toUnsignedString(value.getUint64Param()));
      case PARAMETERCHOICE_NOT_SET -> null;
    };
  }
}
