package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** A batch of rows with one call for each, every answer of which is checked. */
final class SparkCalls {

  private final SparkSession spark;
  private final String url;
  private final int partitions;

  SparkCalls(SparkSession spark, String url, int partitions) {
    this.spark = spark;
    this.url = url;
    this.partitions = partitions;
  }

  /**
   * Makes the calls.
   *
   * @throws IllegalStateException if a row is missing
   */
  void run(CallThroughput.Load load, boolean ordered, HeapMeasurement heap) {
    LongAccumulator rows = spark.sparkContext().longAccumulator();
    LongAccumulator sum = spark.sparkContext().longAccumulator();
    ForeachPartitionFunction<Row> check =
        answers -> {
          long last = -1;
          long number = 0;
          long total = 0;
          while (answers.hasNext()) {
            long value = checked(answers, last, ordered);
            last = value;
            total += value;
            heap.at(number++);
          }
          rows.add(number);
          sum.add(total);
        };
    answers(load, ordered).foreachPartition(check);
    if (rows.value() != load.rows() || sum.value() != load.rows() * (load.rows() - 1) / 2) {
      throw new IllegalStateException("of " + load.rows() + " rows, " + rows.value() + " came out");
    }
  }

  private Dataset<Row> answers(CallThroughput.Load load, boolean ordered) {
    SimpleHttpTransformer stage =
        new SimpleHttpTransformer()
            .setInputCol("value")
            .setOutputCol("answer")
            .setUrl(url)
            .setOutputParser(new JsonOutputParser().setDataType("BIGINT"))
            .setConcurrency(load.concurrency())
            .setOrdered(ordered);
    return stage.transform(
        spark.range(0, load.rows(), 1, partitions).select(col("id").as("value")));
  }

  private static long checked(Iterator<Row> answers, long last, boolean ordered) {
    Row row = answers.next();
    long value = row.getLong(0);
    boolean inOrder = last < 0 || value == last + 1;
    if (row.isNullAt(1) || row.getLong(1) != value || (ordered && !inOrder)) {
      throw new IllegalStateException("a wrong answer after row " + last + ": " + row);
    }
    return value;
  }
}
