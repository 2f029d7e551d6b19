package io.sparkwire.peer;

import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * The least that a streaming query takes: a session, and one trivial query up to its first batch.
 *
 * <p>It ends at once then, without tidying up. Runs on: driver.
 */
public final class EmptySpark {
  private EmptySpark() {}

  public static void main(String[] args) throws Exception {
    SparkSession spark = LocalSpark.start();
    CountDownLatch first = new CountDownLatch(1);
    StreamingQuery query =
        spark
            .readStream()
            .format("rate-micro-batch")
            .option("rowsPerBatch", 1)
            .load()
            .writeStream()
            .foreachBatch(
                (rows, batch) -> {
                  rows.collectAsList();
                  first.countDown();
                })
            .start();
    first.await();
    Runtime.getRuntime().halt(query.exception().isEmpty() ? 0 : 1);
  }
}
