package io.sparkwire.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same runs by ONNX Runtime and nothing around it, in a loop on each of several threads: the
 * limit to compare with.
 */
final class BareRuns implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final String output;
  private final NumberTable table;
  private final int batch;
  private final ExecutorService threads;
  private final int parts;

  BareRuns(byte[] network, String output, NumberTable table, int batch, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(network, options);
    }
    this.input = session.getInputNames().iterator().next();
    this.output = output;
    this.table = table;
    this.batch = batch;
    this.parts = threads;
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** Computes all rows; the sum of what the network gives. Blocks. */
  double run() throws InterruptedException, ExecutionException {
    int rows = table.rows().size();
    List<Future<Double>> sums = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = rows / parts * part;
      int to = part == parts - 1 ? rows : from + rows / parts;
      sums.add(threads.submit(() -> run(from, to)));
    }
    double sum = 0;
    for (Future<Double> each : sums) {
      sum += each.get();
    }
    return sum;
  }

  private double run(int from, int to) throws OrtException {
    TensorInfo info = (TensorInfo) session.getInputInfo().get(input).getInfo();
    long length = info.getShape()[1];
    ByteBuffer memory = ByteBuffer.allocateDirect(Math.toIntExact(batch * length * info.type.size));
    double sum = 0;
    for (int first = from; first < to; first += batch) {
      int after = Math.min(to, first + batch);
      table.put(first, after, memory);
      long[] shape = {after - first, length};
      try (OnnxTensor tensor = OnnxTensor.createTensor(environment, memory, shape, info.type);
          OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
        for (float[] row : rows((OnnxTensor) result.get(0), after - first)) {
          sum += row[0];
        }
      }
    }
    return sum;
  }

  /** Each row's part of the output, in an array of its own. */
  private static float[][] rows(OnnxTensor tensor, int count) {
    FloatBuffer numbers = tensor.getFloatBuffer();
    float[][] rows = new float[count][numbers.remaining() / count];
    for (float[] row : rows) {
      numbers.get(row);
    }
    return rows;
  }

  @Override
  public void close() throws OrtException {
    threads.shutdown();
    session.close();
  }
}
