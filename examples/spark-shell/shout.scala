import io.sparkwire.serving._
import org.apache.spark.sql.functions.{col, upper}

val query = spark.readStream.
  server(service = "shout").
  load().
  parseRequest("text STRING NOT NULL").
  withColumn("shouted", upper(col("text"))).
  makeReply("shouted").
  replyTo().
  start()
