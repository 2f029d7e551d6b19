package io.sparkwire.examples;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Several services side by side in one JVM, on one listener, each with a path and a query of its
 * own.
 *
 * <p>Spark needs a slot for the reader of each: a slot of a local master is a thread that waits, so
 * there may be many more of them than cores.
 *
 * <p>Arguments: the port, how many services.
 */
public final class ManyServices {

  private ManyServices() {}

  public static void main(String[] args) throws InterruptedException {
    int count = Integer.parseInt(args[1]);
    SparkSession spark =
        SparkSession.builder().master("local[" + count + ",1000000]").getOrCreate();
    List<ServingQuery> queries = start(spark, Integer.parseInt(args[0]), count);
    System.out.println("Serving at " + queries.get(0).url() + " and others");
    queries.get(0).awaitTermination();
  }

  /** Starts the services echo-1, echo-2 and so on. */
  static List<ServingQuery> start(SparkSession spark, int port, int count) {
    List<ServingQuery> queries = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      queries.add(start(spark, port, "echo-" + i));
    }
    return queries;
  }

  private static ServingQuery start(SparkSession spark, int port, String name) {
    return Serving.on(spark)
        .server("127.0.0.1", port, name)
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT")
        .makeReply("value")
        .replyTo(name)
        .replicas(1)
        .start();
  }
}
