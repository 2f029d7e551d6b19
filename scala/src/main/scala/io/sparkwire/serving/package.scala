package io.sparkwire

import io.sparkwire.message.{ListenAddress, ServiceSpec}
import io.sparkwire.spark.{ParseMode, Serving, ServingPipeline, ServingWriter, SparkwireProvider}
import org.apache.spark.ml.Transformer
import org.apache.spark.sql.streaming.DataStreamReader
import org.apache.spark.sql.types.StructType
import org.apache.spark.sql.{Column, DataFrame, Encoders}
import scala.jdk.CollectionConverters._
import scala.reflect.runtime.universe.TypeTag

/** Serving from Scala: the steps of a service as methods of Spark's own readers and data frames.
  *
  * {{{
  * import io.sparkwire.serving._
  *
  * val query = spark.readStream
  *   .server("127.0.0.1", 8888, "my_api")
  *   .load()
  *   .parseRequest("value INT, text STRING")
  *   .mlTransform(model)
  *   .makeReply("prediction")
  *   .replyTo("my_api")
  *   .start()
  * }}}
  *
  * Each method calls [[io.sparkwire.spark.Serving]], which says more. Stateless. Runs on: driver.
  */
package object serving {

  /** The beginning of a service, as a method of `spark.readStream`. */
  implicit class ServingReader(private val reader: DataStreamReader) extends AnyVal {

    /** Reads the requests to `http://host:port/service`.
      *
      * What `option` sets then is an option of the service; docs/options.md has the list.
      *
      * @param host
      *   the interface; 0.0.0.0 for all
      * @param port
      *   0 for any free one
      * @param service
      *   the service's name, and its path unless the option `path` says otherwise
      */
    def server(
        host: String = ListenAddress.HOST.defaultValue,
        port: Int = ListenAddress.PORT.defaultValue,
        service: String
    ): DataStreamReader =
      reader
        .format(SparkwireProvider.FORMAT)
        .option(ListenAddress.HOST.name, host)
        .option(ListenAddress.PORT.name, port.toString)
        .option(ServiceSpec.SERVICE.name, service)
  }

  /** The steps of a service, as methods of its rows. Each must keep the column `id`. */
  implicit class ServingRows(private val rows: DataFrame) extends AnyVal {

    /** Adds the fields of a JSON body as columns. A body that does not match gets a 400.
      *
      * @param ddl
      *   for example `value INT NOT NULL, text STRING`
      */
    def parseRequest(ddl: String): DataFrame = step(_.parseRequest(ddl))

    /** The same by the fields of a case class: one that is no `Option` or object is NOT NULL. */
    def parseRequest[T <: Product: TypeTag]: DataFrame = parseRequest(Encoders.product[T].schema)

    /** The same by a schema of Spark's. */
    def parseRequest(schema: StructType, mode: ParseMode = ParseMode.STRICT): DataFrame =
      Serving.parseRequest(rows, schema, mode)

    /** Applies a model, or any other transformer of SparkML. */
    def mlTransform(model: Transformer): DataFrame = step(_.mlTransform(model))

    /** Computes the columns of a query over the view `requests`. */
    def sql(query: String): DataFrame = Serving.sql(rows, query)

    /** Replies at once to the rows that meet a condition, and continues with the others. */
    def replyWhen(condition: Column, reply: Column, service: String = ours): DataFrame =
      Serving.replyWhen(rows, service, condition, reply)

    /** Makes a column the body of the reply.
      *
      * @param status
      *   the column with the status, 200 to 599; null if there is none
      * @param headers
      *   the column with an array of struct(name, value); null if there is none
      */
    def makeReply(column: String, status: String = null, headers: String = null): DataFrame =
      Serving.makeReply(rows, column, status, headers)

    /** Makes a JSON object of several columns the body of the reply. */
    def makeReplyOf(columns: String*): DataFrame = Serving.makeReplyOf(rows, columns.asJava)

    /** Sends the replies. `start()` of the result returns when the service takes requests. */
    def replyTo(service: String = ours): ServingWriter = Serving.replyTo(rows, service)

    private def ours: String = Serving.pipeline(rows).service

    private def step(next: ServingPipeline => ServingPipeline): DataFrame =
      next(Serving.pipeline(rows)).dataset
  }
}
