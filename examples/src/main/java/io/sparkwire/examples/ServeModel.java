package io.sparkwire.examples;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;

/**
 * A saved SparkML pipeline as a web service: server, parseRequest, mlTransform, makeReply, start.
 *
 * <p>Arguments: the model's directory, the schema of a request as DDL, the column of the reply.
 */
public final class ServeModel {

  private ServeModel() {}

  public static void main(String[] args) throws InterruptedException {
    SparkSession spark = SparkSession.builder().master("local[*,1000000]").getOrCreate();
    ServingQuery query = start(spark, 8888, PipelineModel.load(args[0]), args[1], args[2]);
    System.out.println("Serving at " + query.url());
    query.awaitTermination();
  }

  static ServingQuery start(
      SparkSession spark, int port, Transformer model, String schema, String reply) {
    return Serving.on(spark)
        .server("127.0.0.1", port, "my_api")
        .load()
        .parseRequest(schema)
        .mlTransform(model)
        .makeReply(reply)
        .replyTo("my_api")
        .start();
  }
}
