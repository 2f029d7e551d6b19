package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how long a batch of calls takes to a service that answers after 5 ms, against rows x
 * latency / (concurrency x partitions), and checks every answer.
 *
 * <p>Arguments: rows, concurrency, partitions, whether ordered.
 */
final class CallThroughput {

  private static final long LATENCY_MILLIS = 5;
  private static final long MEGABYTE = 1 << 20;

  private CallThroughput() {}

  public static void main(String[] args) {
    long rows = Long.parseLong(args[0]);
    int concurrency = Integer.parseInt(args[1]);
    int partitions = Integer.parseInt(args[2]);
    boolean ordered = Boolean.parseBoolean(args[3]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + partitions + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    try (TestService service =
        TestService.slow(
            LATENCY_MILLIS, request -> request.body().onSuccess(request.response()::end))) {
      SimpleHttpTransformer stage =
          new SimpleHttpTransformer()
              .setInputCol("value")
              .setOutputCol("answer")
              .setUrl(service.url())
              .setOutputParser(new JsonOutputParser().setDataType("BIGINT"))
              .setConcurrency(concurrency)
              .setOrdered(ordered);
      run(stage, input(spark, Math.min(rows, 20_000), partitions), ordered); // to warm up
      long begin = System.nanoTime();
      run(stage, input(spark, rows, partitions), ordered);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double ideal = rows * LATENCY_MILLIS / 1e3 / (concurrency * partitions);
      System.gc();
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.out.printf(
          Locale.ROOT,
          "rows %d, concurrency %d, partitions %d, ordered %s: %.2f s, ideal %.2f s, ratio %.2f,"
              + " heap after gc %d MB%n",
          rows,
          concurrency,
          partitions,
          ordered,
          seconds,
          ideal,
          seconds / ideal,
          used / MEGABYTE);
    } finally {
      spark.stop();
    }
  }

  private static Dataset<Row> input(SparkSession spark, long rows, int partitions) {
    return spark.range(0, rows, 1, partitions).select(col("id").as("value"));
  }

  private static void run(SimpleHttpTransformer stage, Dataset<Row> input, boolean ordered) {
    List<Row> answers = stage.transform(input).collectAsList();
    long expected = 0;
    for (Row answer : answers) {
      boolean right = answer.getLong(0) == answer.getLong(1);
      if (!right || (ordered && answer.getLong(0) != expected++)) {
        throw new IllegalStateException("a wrong answer: " + answer);
      }
    }
  }
}
