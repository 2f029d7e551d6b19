package io.sparkwire.dispatch;

import io.sparkwire.message.SampleRequest;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A request on its way to another node, into bytes and out of them again, beside the same as a JSON
 * object.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private static final int SIZE = 256;
  private static final long REMAINING_MILLIS = 30_000;

  private final HandOffBatchCodec codec = new HandOffBatchCodec();
  private final ServiceRequest request = SampleRequest.asked();

  /** By the codec. */
  @Benchmark
  public ServiceRequest codec() {
    Buffer wire = Buffer.buffer(SIZE);
    codec.encodeToWire(
        wire, new HandOffBatch(List.of(new HandOffMessage(request, REMAINING_MILLIS))));
    ServiceRequest read = codec.decodeFromWire(0, wire).list().get(0).request();
    check(read.id().sequence(), read.body());
    return read;
  }

  /** The baseline. */
  @Benchmark
  public JsonObject json() {
    JsonObject headers = new JsonObject();
    request.headers().forEach(headers::put);
    JsonObject written =
        new JsonObject()
            .put("node", request.id().node().text())
            .put("sequence", request.id().sequence())
            .put("service", request.service())
            .put("method", request.method())
            .put("uri", request.uri())
            .put("version", request.protocolVersion())
            .put("headers", headers)
            .put("body", request.body())
            .put("receivedAt", request.receivedAtMicros())
            .put("remaining", REMAINING_MILLIS);
    JsonObject read = new JsonObject(written.toBuffer());
    check(read.getLong("sequence"), read.getBinary("body"));
    return read;
  }

  private void check(long sequence, byte[] body) {
    if (sequence != request.id().sequence() || !Arrays.equals(body, request.body())) {
      throw new IllegalStateException("Another request was read than was written");
    }
  }
}
