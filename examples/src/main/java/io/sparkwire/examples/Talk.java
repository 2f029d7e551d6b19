package io.sparkwire.examples;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;

/**
 * A saved model as a web service, as a talk would show it.
 *
 * <p>Argument: the model's directory.
 */
public final class Talk {

  private Talk() {}

  public static void main(String[] args) throws InterruptedException {
    SparkSession spark = SparkSession.builder().master("local[*,1000000]").getOrCreate();
    ServingQuery query = start(spark, "0.0.0.0", 8888, PipelineModel.load(args[0]));
    System.out.println("Serving at " + query.url());
    query.awaitTermination();
  }

  static ServingQuery start(SparkSession spark, String host, int port, Transformer model) {
    return Serving.on(spark)
        .server(host, port, "api")
        .load()
        .parseRequest("age DOUBLE, income DOUBLE")
        .mlTransform(model)
        .makeReply("scores")
        .replyTo("api")
        .start();
  }
}
