package io.sparkwire.examples;

import io.sparkwire.httpclient.JsonOutputParser;
import io.sparkwire.httpclient.ParallelHttpTransformer;
import io.sparkwire.httpclient.SimpleHttpTransformer;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A service that asks two others, joins what they answer, and scores it with a model.
 *
 * <p>A request has a customer and an item. The one service knows how much the customer has spent,
 * the other what the item costs; both are asked at the same time. If one of them fails, the reply
 * says so instead of a score. All steps are one SparkML pipeline, so it can be saved and served by
 * the command line as well.
 *
 * <p>Arguments: the URL of the service of customers, the URL of the service of items, and the port
 * to serve at if it is not 8888.
 */
public final class Orchestrate {

  static final String SCHEMA = "customer STRING NOT NULL, item STRING NOT NULL";

  private static final String ASK =
      "SELECT *, struct(customer) AS whose, struct(item) AS which FROM __THIS__";

  private static final String JOIN =
      "SELECT *, coalesce(spent.amount, 0.0D) AS amount, coalesce(price.price, 0.0D) AS price_now,"
          + " coalesce(spent_error.message, price_error.message) AS problem FROM __THIS__";

  private static final String REPLY =
      "SELECT *, named_struct('score', IF(problem IS NULL, score, NULL), 'spent', spent.amount,"
          + " 'price', price.price, 'problem', problem) AS answer FROM __THIS__";

  private Orchestrate() {}

  public static void main(String[] args) throws InterruptedException {
    SparkSession spark = SparkSession.builder().master("local[*,1000000]").getOrCreate();
    int port = args.length > 2 ? Integer.parseInt(args[2]) : 8888;
    ServingQuery query = start(spark, port, pipeline(spark, args[0], args[1], scorer()));
    System.out.println("Serving at " + query.url());
    query.awaitTermination();
  }

  /**
   * Takes the place of a trained model, which may use {@code features}: how good a customer this
   * is.
   */
  static PipelineStage scorer() {
    return new Bucketizer()
        .setInputCol("amount")
        .setOutputCol("score")
        .setSplits(new double[] {Double.NEGATIVE_INFINITY, 100, 1_000, Double.POSITIVE_INFINITY});
  }

  static PipelineModel pipeline(
      SparkSession spark, String customers, String items, PipelineStage model) {
    Transformer services =
        new ParallelHttpTransformer()
            .setStages(
                service(customers, "whose", "spent", "amount DOUBLE"),
                service(items, "which", "price", "price DOUBLE"));
    PipelineStage[] stages = {
      new SQLTransformer().setStatement(ASK),
      services,
      new SQLTransformer().setStatement(JOIN),
      new VectorAssembler()
          .setInputCols(new String[] {"amount", "price_now"})
          .setOutputCol("features"),
      model,
      new SQLTransformer().setStatement(REPLY)
    };
    return new Pipeline()
        .setStages(stages)
        .fit(spark.createDataFrame(List.of(), StructType.fromDDL(SCHEMA)));
  }

  private static SimpleHttpTransformer service(
      String url, String input, String output, String answer) {
    return new SimpleHttpTransformer()
        .setInputCol(input)
        .setOutputCol(output)
        .setUrl(url)
        .setOutputParser(new JsonOutputParser().setDataType(answer))
        .setHeaders(Map.of("Accept", "application/json"))
        .setConcurrency(64)
        .setIdempotent(true)
        .setTotalTimeout(Duration.ofSeconds(10));
  }

  static ServingQuery start(SparkSession spark, int port, Transformer pipeline) {
    return Serving.on(spark)
        .server("127.0.0.1", port, "score")
        .load()
        .parseRequest(SCHEMA)
        .mlTransform(pipeline)
        .makeReply("answer")
        .replyTo("score")
        .start();
  }
}
