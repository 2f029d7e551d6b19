package io.sparkwire.examples

import io.sparkwire.serving._
import io.sparkwire.spark.ServingQuery
import org.apache.spark.ml.{PipelineModel, Transformer}
import org.apache.spark.sql.SparkSession

/** A saved model as a web service, as a talk would show it. Argument: the model's directory. */
object Talk {

  def main(args: Array[String]): Unit = {
    val spark = SparkSession.builder().master("local[*,1000000]").getOrCreate()
    val query = start(spark, "0.0.0.0", 8888, PipelineModel.load(args(0)))
    println(s"Serving at ${query.url}")
    query.awaitTermination()
  }

  def start(spark: SparkSession, host: String, port: Int, model: Transformer): ServingQuery =
    spark.readStream
      .server(host, port, "api")
      .load()
      .parseRequest("age DOUBLE, income DOUBLE")
      .mlTransform(model)
      .makeReply("scores")
      .replyTo("api")
      .start()
}
