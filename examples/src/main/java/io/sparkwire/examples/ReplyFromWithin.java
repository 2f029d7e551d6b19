package io.sparkwire.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.upper;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import org.apache.spark.sql.SparkSession;

/**
 * A service that answers some requests in the middle of its pipeline, and computes on with the
 * others.
 *
 * <p>Empty texts get a hint at once and go no further.
 */
public final class ReplyFromWithin {

  private ReplyFromWithin() {}

  public static void main(String[] args) throws InterruptedException {
    SparkSession spark = SparkSession.builder().master("local[*,1000000]").getOrCreate();
    ServingQuery query = start(spark, 8888);
    System.out.println("Serving at " + query.url());
    query.awaitTermination();
  }

  static ServingQuery start(SparkSession spark, int port) {
    return Serving.on(spark)
        .server("127.0.0.1", port, "shout")
        .load()
        .parseRequest("text STRING NOT NULL")
        .replyWhen(
            "shout", length(col("text")).equalTo(0), struct(lit("nothing to say").as("hint")))
        .transform(rows -> rows.withColumn("shouted", upper(col("text"))))
        .makeReply("shouted")
        .replyTo("shout")
        .start();
  }
}
