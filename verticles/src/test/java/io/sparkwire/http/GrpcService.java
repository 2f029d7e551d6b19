package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protobuf.inference.InferTensorContents;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.sparkwire.protobuf.inference.ModelInferRequest.InferInputTensor;
import io.sparkwire.wire.BadRowsException;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A service whose reply to a row has twice its number and what its text was. */
final class GrpcService {

  private static final ServiceSchema SCHEMA =
      new ServiceSchema("x DOUBLE NOT NULL", "twice DOUBLE, text STRING");

  private GrpcService() {}

  static ServiceSpec spec(TestSpec spec) {
    return spec.build().withSchema(SCHEMA);
  }

  /** Answers a request that has its one tensor in binary. */
  static void answer(PendingRequest pending, ServiceSpec spec) {
    ServiceRequest request = pending.request();
    try {
      RowFormats.of(request).rows(request, spec);
    } catch (BadRowsException e) {
      pending.answer(e.failure().toReply());
      return;
    }
    int json = Integer.parseInt(request.headers().get("Inference-Header-Content-Length"));
    ByteBuffer numbers =
        ByteBuffer.wrap(request.body(), json, request.body().length - json)
            .order(ByteOrder.LITTLE_ENDIAN);
    List<ServiceReply> ofRows = new ArrayList<>();
    while (numbers.hasRemaining()) {
      double x = numbers.getDouble();
      String text = x < 0 ? "null" : "\"" + x + "\"";
      String row = "{\"twice\":%s,\"text\":%s}".formatted(2 * x, text);
      ofRows.add(ServiceReply.ok("application/json", row.getBytes(UTF_8)));
    }
    pending.answer(RowFormats.of(request).reply(request, spec, ofRows));
  }

  /** What a request says in JSON. */
  static JsonObject json(ServiceRequest request) {
    int json = Integer.parseInt(request.headers().get("Inference-Header-Content-Length"));
    return new JsonObject(Buffer.buffer(request.body()).slice(0, json));
  }

  /** A request with its numbers in {@code contents}. */
  static ModelInferRequest.Builder typed(String model, double... numbers) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (double number : numbers) {
      contents.addFp64Contents(number);
    }
    return ModelInferRequest.newBuilder()
        .setModelName(model)
        .addInputs(input(numbers.length).setContents(contents));
  }

  static InferInputTensor.Builder input(int rows) {
    return InferInputTensor.newBuilder().setName("x").setDatatype("FP64").addShape(rows);
  }
}
