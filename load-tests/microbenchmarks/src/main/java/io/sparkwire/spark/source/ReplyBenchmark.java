package io.sparkwire.spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.spark.row.RowSchema;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A reply made of a row with one number, as JSON, beside the same text put together by hand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplyBenchmark {
  private static final String JSON = "application/json";
  private static final long VALUE = 100_000_000_000L;
  private static final byte[] EXPECTED = ("{\"value\":" + VALUE + "}").getBytes(UTF_8);

  private final ReplyColumns columns =
      ReplyColumns.of(
          new StructType()
              .add("id", RowSchema.ID_TYPE)
              .add("reply", StructType.fromDDL("value BIGINT")));
  private final ReplyEncoder encoder = new ReplyEncoder(columns.replyField());
  private final InternalRow row =
      new GenericInternalRow(new Object[] {null, new GenericInternalRow(new Object[] {VALUE})});

  /** By the encoder. */
  @Benchmark
  public ServiceReply encoder() {
    return checked(encoder.encode(row, columns));
  }

  /** The baseline. */
  @Benchmark
  public ServiceReply byHand() {
    long value = row.getStruct(columns.reply(), 1).getLong(0);
    return checked(ServiceReply.ok(JSON, ("{\"value\":" + value + "}").getBytes(UTF_8)));
  }

  private static ServiceReply checked(ServiceReply reply) {
    if (!Arrays.equals(reply.body(), EXPECTED)) {
      throw new IllegalStateException("Wrong reply: " + new String(reply.body(), UTF_8));
    }
    return reply;
  }
}
