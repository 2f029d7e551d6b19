package io.sparkwire.onnx;

import com.sun.management.OperatingSystemMXBean;
import io.sparkwire.onnx.session.TensorSpec;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A benchmark of a network over the rows of a batch job: {@link OnnxModel} in Spark, and the same
 * runs by ONNX Runtime alone, in alternation and in one JVM.
 *
 * <p>Prints a line for each run, and the ratios of each round. Ends with a failure if sums differ,
 * or with exit code 1 if the median of the ratios misses its limit. Arguments: the network, of one
 * input and with numbers as its first output; rows, rows of a batch, partitions, rounds.
 */
final class BatchThroughput {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** How much sums may differ, since they are of floats in another order. */
  private static final double SAME = 1e-4;

  /** Of the throughput of ONNX Runtime alone. */
  private static final double LEAST = 0.9;

  private BatchThroughput() {}

  public static void main(String[] args) throws Exception {
    byte[] network = Files.readAllBytes(Path.of(args[0]));
    int rows = Integer.parseInt(args[1]);
    int batch = Integer.parseInt(args[2]);
    int partitions = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + partitions + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    OnnxModel model = new OnnxModel().setModelBytes(network).setMiniBatchSize(batch);
    TensorSpec input = model.signature().inputs().get(0);
    String output = model.signature().outputs().get(0).name();
    NumberTable table =
        NumberTable.random(input.type(), rows, Math.toIntExact(input.shape().get(1)));
    Dataset<Row> made = model.transform(cached(spark, table, input.name(), partitions));
    try (BareRuns bare = new BareRuns(network, output, table, batch, partitions)) {
      double expected = bare.run();
      double sum = made.selectExpr("sum(CAST(" + output + "[0] AS DOUBLE))").head().getDouble(0);
      if (Math.abs(sum - expected) > SAME * Math.abs(expected)) {
        throw new IllegalStateException("expected the sum " + expected + ", got " + sum);
      }
      System.exit(isFastEnough(made, bare, rows, rounds) ? 0 : 1);
    } finally {
      spark.stop();
    }
  }

  private static boolean isFastEnough(Dataset<Row> made, BareRuns bare, int rows, int rounds)
      throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double inSpark = 0;
      double alone = 0;
      for (int turn = 0; turn < 2; turn++) {
        if ((round + turn) % 2 == 0) {
          inSpark = seconds("spark", round, rows, () -> computeAll(made));
        } else {
          alone = seconds("bare", round, rows, bare::run);
        }
      }
      if (round > 0) { // the first one finds a cold JVM
        ratios.add(alone / inSpark);
      }
    }
    Collections.sort(ratios);
    double median = ratios.get(ratios.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "%s  spark : bare, rows/s: %.2f (%.2f-%.2f), at least %.2f%n",
        median >= LEAST ? "ok" : "MISSED",
        median,
        ratios.get(0),
        ratios.get(ratios.size() - 1),
        LEAST);
    return median >= LEAST;
  }

  private static Dataset<Row> cached(
      SparkSession spark, NumberTable table, String column, int partitions) {
    StructType schema = StructType.fromDDL("`" + column + "` " + table.sqlType() + " NOT NULL");
    Dataset<Row> rows =
        spark
            .createDataFrame(table.sparkRows(), schema)
            .repartition(partitions)
            .persist(StorageLevel.MEMORY_ONLY());
    rows.count();
    return rows;
  }

  /** What Spark writes nowhere it has computed nevertheless. */
  private static Void computeAll(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
    return null;
  }

  private static double seconds(String kind, int round, int rows, Callable<?> work)
      throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long began = System.nanoTime();
    work.call();
    double seconds = (System.nanoTime() - began) / 1e9;
    double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / rows;
    System.out.printf(
        Locale.ROOT,
        "run %s %d %.3f s %.0f rows/s %.2f us of processors per row%n",
        kind,
        round,
        seconds,
        rows / seconds,
        micros);
    return seconds;
  }
}
