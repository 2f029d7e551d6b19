package io.sparkwire.spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.SampleRequest;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.spark.row.RequestRow;
import io.sparkwire.spark.row.RowSchema;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The body of a request as a pipeline reads it from the lazy row, beside a row in Spark's own
 * format that has everything in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {
  private static final int REQUEST = 1;
  private static final int ENTITY = 2;
  private static final int ENTITY_SIZE = 4;

  private final UnsafeProjection wholeRow = UnsafeProjection.create(RowSchema.ROW_TYPE);
  private final ServiceRequest request = SampleRequest.asked();

  /** From the lazy row. */
  @Benchmark
  public byte[] lazyRow() {
    return body(new RequestRow(request, 0));
  }

  /** The baseline. */
  @Benchmark
  public byte[] wholeRow() {
    return body(wholeRow.apply(new RequestRow(request, 0)));
  }

  private byte[] body(InternalRow row) {
    byte[] body =
        row.getStruct(REQUEST, RowSchema.REQUEST_TYPE.size())
            .getStruct(ENTITY, ENTITY_SIZE)
            .getBinary(0);
    if (body.length != request.body().length || body[body.length - 1] != '}') {
      throw new IllegalStateException("Another body was read: " + new String(body, UTF_8));
    }
    return body;
  }
}
