package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sparkwire.http.RawHttp2;
import io.sparkwire.protobuf.inference.InferTensorContents;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.sparkwire.protobuf.inference.ModelInferRequest.InferInputTensor;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * A call of gRPC whose message, or the frame around it, is sometimes damaged.
 *
 * @param data what follows the head, with its length before it
 * @param expected the rows, if it is in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GrpcMessage(String type, byte[] data, boolean isRaw, List<String> expected)
    implements HostileInput {

  /** For a reply with a null where gRPC has none: the request was right. */
  private static final String INTERNAL = "13";

  private static final int PREFIX = 5;
  private static final int STREAM = 1;
  private static final String GRPC = "application/grpc";

  /** INVALID_ARGUMENT, NOT_FOUND, RESOURCE_EXHAUSTED, UNIMPLEMENTED, CANCELLED. */
  private static final Set<String> FAULTS_OF_CLIENTS = Set.of("3", "5", "8", "12", "1");

  static HostileInput of(Random random) {
    Tensors tensors = Tensors.of(random);
    boolean isRaw = random.nextBoolean();
    byte[] message = (isRaw ? raw(tensors) : typed(tensors)).toByteArray();
    byte[] whole = framed(0, message.length, message);
    return switch (random.nextInt(8)) {
      case 0, 1 -> {
        byte[] damaged = Damage.of(message, random);
        yield new GrpcMessage(GRPC, framed(0, damaged.length, damaged), isRaw, null);
      }
      case 2 ->
          new GrpcMessage(GRPC, framed(random.nextInt(256), message.length, message), isRaw, null);
      case 3 -> new GrpcMessage(GRPC, framed(0, random.nextInt(), message), isRaw, null);
      case 4 -> {
        String type = random.nextBoolean() ? GRPC : "application/json";
        yield new GrpcMessage(
            type, Arrays.copyOf(whole, random.nextInt(whole.length)), isRaw, null);
      }
      default -> new GrpcMessage(GRPC, whole, isRaw, tensors.rows());
    };
  }

  private static byte[] framed(int flag, int length, byte[] message) {
    return ByteBuffer.allocate(PREFIX + message.length)
        .put((byte) flag)
        .putInt(length)
        .put(message)
        .array();
  }

  private static InferInputTensor.Builder input(String name, String type, Tensors of) {
    return InferInputTensor.newBuilder()
        .setName(name)
        .setDatatype(type)
        .addShape(of.values().length);
  }

  private static ModelInferRequest typed(Tensors tensors) {
    InferTensorContents.Builder names = InferTensorContents.newBuilder();
    tensors.names().forEach(name -> names.addBytesContents(ByteString.copyFromUtf8(name)));
    return ModelInferRequest.newBuilder()
        .setModelName(FuzzedServices.ROWS)
        .addInputs(
            input("value", "INT64", tensors)
                .setContents(
                    InferTensorContents.newBuilder()
                        .addAllInt64Contents(LongStream.of(tensors.values()).boxed().toList())))
        .addInputs(input("name", "BYTES", tensors).setContents(names))
        .addInputs(
            input("point", "FP64", tensors)
                .addShape(2)
                .setContents(
                    InferTensorContents.newBuilder()
                        .addAllFp64Contents(DoubleStream.of(tensors.points()).boxed().toList())))
        .build();
  }

  private static ModelInferRequest raw(Tensors tensors) {
    byte[] all = tensors.binaryData();
    int numbers = Long.BYTES * tensors.values().length;
    int points = Double.BYTES * tensors.points().length;
    return ModelInferRequest.newBuilder()
        .setModelName(FuzzedServices.ROWS)
        .addInputs(input("value", "INT64", tensors))
        .addInputs(input("name", "BYTES", tensors))
        .addInputs(input("point", "FP64", tensors).addShape(2))
        .addRawInputContents(ByteString.copyFrom(all, 0, numbers))
        .addRawInputContents(ByteString.copyFrom(tensors.namesInBinary()))
        .addRawInputContents(ByteString.copyFrom(all, all.length - points, points))
        .build();
  }

  @Override
  public void check(Wire wire) throws IOException {
    try (RawHttp2 http = new RawHttp2(wire.rows(), RawHttp2.USUAL_WINDOW)) {
      http.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, STREAM, head());
      http.frame(RawHttp2.DATA, RawHttp2.END_STREAM, STREAM, data).send();
      Http2Answers.Answer answer = new Http2Answers(http).until(STREAM);
      if ("0".equals(answer.grpcStatus())) {
        assertThat(seen(answer.body())).isEqualTo(expected == null ? read() : expected);
        return;
      }
      assertThat(expected).as("what was refused: %s", answer).isNull();
      if (INTERNAL.equals(answer.grpcStatus())) {
        assertThat(read()).as("%s", answer).anyMatch(row -> row.contains("|null"));
      } else if (answer.grpcStatus() != null) {
        assertThat(FAULTS_OF_CLIENTS).as("%s", answer).contains(answer.grpcStatus());
      } else {
        assertThat(answer.isReset() || (answer.status() >= 400 && answer.status() < 500))
            .as("%s", answer)
            .isTrue();
      }
    }
  }

  private byte[] head() {
    String path = "/inference.GRPCInferenceService/ModelInfer";
    return RawHttp2.block(
        ":method",
        "POST",
        ":scheme",
        "http",
        ":path",
        path,
        ":authority",
        "t",
        "content-type",
        type,
        "te",
        "trailers");
  }

  /** What a message says that is taken although it was damaged, as protobuf reads it. */
  private List<String> read() throws InvalidProtocolBufferException {
    ModelInferRequest request =
        ModelInferRequest.parseFrom(Arrays.copyOfRange(data, PREFIX, data.length));
    ArrayNode tensors = JsonNodeFactory.instance.arrayNode();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    boolean hasRaw = request.getRawInputContentsCount() > 0;
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor input = request.getInputs(i);
      ObjectNode tensor = tensor(input.getName(), input.getDatatype(), tensors);
      if (hasRaw) {
        ByteString own = request.getRawInputContents(i);
        binary.writeBytes(own.toByteArray());
        tensor.putObject("parameters").put("binary_data_size", own.size());
      } else {
        contents(input.getContents(), tensor.putArray("data"));
      }
    }
    return Tensors.rows(tensors, binary.toByteArray());
  }

  private static List<String> seen(byte[] body) throws InvalidProtocolBufferException {
    ModelInferResponse response =
        ModelInferResponse.parseFrom(Arrays.copyOfRange(body, PREFIX, body.length));
    ArrayNode tensors = JsonNodeFactory.instance.arrayNode();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    for (int i = 0; i < response.getOutputsCount(); i++) {
      ModelInferResponse.InferOutputTensor output = response.getOutputs(i);
      ObjectNode tensor = tensor(output.getName(), output.getDatatype(), tensors);
      if (response.getRawOutputContentsCount() > 0) {
        ByteString own = response.getRawOutputContents(i);
        binary.writeBytes(own.toByteArray());
        tensor.putObject("parameters").put("binary_data_size", own.size());
      } else {
        contents(output.getContents(), tensor.putArray("data"));
      }
    }
    return Tensors.rows(tensors, binary.toByteArray());
  }

  private static ObjectNode tensor(String name, String type, ArrayNode into) {
    return into.addObject().put("name", name).put("datatype", type);
  }

  private static void contents(InferTensorContents contents, ArrayNode data) {
    contents.getInt64ContentsList().forEach(data::add);
    contents
        .getUint64ContentsList()
        .forEach(n -> data.add(new java.math.BigInteger(Long.toUnsignedString(n))));
    contents.getIntContentsList().forEach(data::add);
    contents.getUintContentsList().forEach(n -> data.add(Integer.toUnsignedLong(n)));
    contents.getFp64ContentsList().forEach(data::add);
    contents.getFp32ContentsList().forEach(data::add);
    contents.getBytesContentsList().forEach(text -> data.add(text.toString(UTF_8)));
  }

  @Override
  public String shown() {
    return type + ": " + Escaped.of(data);
  }
}
