package io.sparkwire.serving

import io.sparkwire.examples.Talk
import io.sparkwire.spark.{ParseMode, ServingQuery, TestSpark}
import java.net.URI
import java.net.http.HttpResponse.BodyHandlers
import java.net.http.{HttpClient, HttpRequest, HttpResponse}
import org.apache.spark.ml.feature.VectorAssembler
import org.apache.spark.sql.functions.{col, lit, upper}
import org.apache.spark.sql.types.{StringType, StructType}
import org.apache.spark.sql.DataFrame
import org.assertj.core.api.Assertions.{assertThat, assertThatThrownBy}
import org.junit.jupiter.api.Test

/** What a body of the tests has. */
case class Shout(text: String, times: Int, mood: Option[String])

class ServingTest {

  private val client = HttpClient.newHttpClient()
  private val spark = TestSpark.session()

  private def requests: DataFrame =
    spark.readStream.server(port = 0, service = "shouts").option("partitions", 1).load()

  private def post(query: ServingQuery, json: String): HttpResponse[String] = {
    val request = HttpRequest
      .newBuilder(URI.create(query.url))
      .header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(json))
      .build()
    client.send(request, BodyHandlers.ofString())
  }

  private def whileServing(replies: DataFrame)(use: ServingQuery => Unit): Unit = {
    val query = replies.replyTo().start()
    try use(query)
    finally query.stop()
  }

  @Test
  def theTalksPipelineIsServed(): Unit = {
    val model = new VectorAssembler().setInputCols(Array("age", "income")).setOutputCol("scores")
    val query = Talk.start(spark, "127.0.0.1", 0, model)
    try {
      assertThat(query.url).endsWith("/api")
      assertThat(post(query, """{"age":1,"income":2.5}""").body).isEqualTo("[1.0,2.5]")
      assertThat(post(query, """{"age":"one"}""").statusCode).isEqualTo(400)
    } finally query.stop()
  }

  @Test
  def aCaseClassDescribesTheBody(): Unit = {
    val replies = requests
      .parseRequest[Shout]
      .replyWhen(col("times") === 0, lit("silence").as("body"))
      .withColumn("shouted", upper(col("text")))
      .makeReplyOf("shouted", "times", "mood")
    whileServing(replies) { query =>
      assertThat(post(query, """{"text":"hey","times":2}""").body)
        .isEqualTo("""{"shouted":"HEY","times":2}""")
      assertThat(post(query, """{"text":"hey","times":0}""").body).isEqualTo("silence")
      assertThat(post(query, """{"text":"hey"}""").body)
        .contains("field 'times' is missing, but the schema declares it NOT NULL")
    }
  }

  @Test
  def statusAndHeadersAreColumns(): Unit = {
    val replies = requests
      .parseRequest(new StructType().add("text", StringType), ParseMode.RAW)
      .sql(
        """SELECT text, 201 AS code, array(named_struct('name', 'X-Seen', 'value', text)) AS fields
          |FROM requests""".stripMargin
      )
      .makeReply("text", status = "code", headers = "fields")
    whileServing(replies) { query =>
      val reply = post(query, "hello")
      assertThat(reply.statusCode).isEqualTo(201)
      assertThat(reply.headers.firstValue("X-Seen")).hasValue("hello")
    }
  }

  @Test
  def anUnknownOptionIsRefusedBeforeTheStart(): Unit = {
    val replies =
      spark.readStream
        .server(service = "a")
        .option("prot", 1)
        .load()
        .select(col("id"), lit("a").as("reply"))
    assertThatThrownBy(() => replies.replyTo("a"))
      .hasMessage("unknown option 'prot'; the nearest known one is 'port'")
  }
}
