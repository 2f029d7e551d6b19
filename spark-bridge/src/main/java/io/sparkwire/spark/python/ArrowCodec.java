package io.sparkwire.spark.python;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.util.ArrowUtils;

/** Record batches of Arrow's stream format, made by Spark's own writer. Not thread-safe. */
final class ArrowCodec implements Codec {

  private final BufferAllocator allocator =
      ArrowUtils.rootAllocator().newChildAllocator("sparkwire-python", 0, Long.MAX_VALUE);
  private final ArrowEncoder encoder;
  private final ArrowDecoder decoder;

  ArrowCodec(PlannedFunctions functions) {
    encoder = new ArrowEncoder(functions, allocator);
    decoder = new ArrowDecoder(functions, allocator);
  }

  @Override
  public ByteBuffer encode(List<InternalRow> arguments, WorkerRun run) throws IOException {
    return encoder.encode(arguments, run);
  }

  @Override
  public List<InternalRow> decode(byte[] output, WorkerRun run) throws IOException {
    return decoder.decode(output, run);
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
    allocator.close();
  }
}
