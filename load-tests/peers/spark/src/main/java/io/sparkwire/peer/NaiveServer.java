package io.sparkwire.peer;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The naive way to serve a saved pipeline: {@code transform} of a data frame with one row for each
 * request.
 *
 * <p>Runs on: event loop, but for {@link #predict}, which runs on worker threads.
 */
public final class NaiveServer {
  private final SparkSession spark;
  private final PipelineModel model;
  private final StructType schema;
  private final String reply;

  private NaiveServer(SparkSession spark, PipelineModel model, StructType schema, String reply) {
    this.spark = spark;
    this.model = model;
    this.schema = schema;
    this.reply = reply;
  }

  /** Takes the port, the directory of the model, the schema of a request and the reply's column. */
  public static void main(String[] args) {
    NaiveServer server =
        new NaiveServer(
            LocalSpark.start(), PipelineModel.load(args[1]), StructType.fromDDL(args[2]), args[3]);
    Vertx vertx = Vertx.vertx();
    vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(args[0])))
        .requestHandler(request -> request.bodyHandler(body -> server.serve(vertx, request, body)))
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void serve(Vertx vertx, HttpServerRequest request, Buffer body) {
    vertx
        .executeBlocking(() -> predict(new JsonObject(body)), false)
        .onSuccess(
            answer ->
                request
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answer))
        .onFailure(cause -> request.response().setStatusCode(500).end(cause.toString()));
  }

  private Buffer predict(JsonObject input) {
    Object[] values = Stream.of(schema.fields()).map(field -> value(input, field.name())).toArray();
    Row output =
        model
            .transform(spark.createDataFrame(List.of(RowFactory.create(values)), schema))
            .select(reply)
            .first();
    return new JsonObject().put(reply, output.get(0)).toBuffer();
  }

  private static Object value(JsonObject input, String name) {
    Object value = input.getValue(name);
    return value instanceof Number number ? number.doubleValue() : value;
  }
}
