package com.example.shout;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.upper;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import org.apache.spark.sql.SparkSession;

/** A service that returns the text of a request in upper case. */
public final class ShoutService {

  private ShoutService() {}

  /** Returns when the service takes requests; port 0 means any free port. */
  public static ServingQuery start(SparkSession spark, int port) {
    return Serving.on(spark)
        .server("127.0.0.1", port, "shout")
        .load()
        .parseRequest("text STRING NOT NULL")
        .transform(rows -> rows.withColumn("shouted", upper(col("text"))))
        .makeReply("shouted")
        .replyTo("shout")
        .start();
  }
}
