package io.sparkwire.peer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import com.microsoft.azure.synapse.ml.io.DataFrameExtensions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * SynapseML's Spark Serving: its continuous server, with its defaults or tuned by hand.
 *
 * <p>It ends with exit code 1 when its query dies. Runs on: driver.
 */
public final class SynapseServer {
  private static final String SOURCE =
      "org.apache.spark.sql.execution.streaming.continuous.HTTPSourceProviderV2";
  private static final String SINK =
      "org.apache.spark.sql.execution.streaming.continuous.HTTPSinkProviderV2";
  private static final String API = "api";
  private static final String REPLY = "reply";
  private static final double FAULTS = 0.02;
  private static final String PENGUIN =
      "island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, flipper_length_mm DOUBLE,"
          + " body_mass_g DOUBLE, sex STRING";

  private final SparkSession spark;
  private final boolean tuned;

  private SynapseServer(SparkSession spark, boolean tuned) {
    this.spark = spark;
    this.tuned = tuned;
  }

  /**
   * Takes the port, the pipeline (echo, lr, text or faulty), "default" or "tuned", and Sparkwire's
   * jar, which has the data to train on.
   */
  public static void main(String[] args) throws Exception {
    SynapseServer server = new SynapseServer(LocalSpark.start(), args[2].equals("tuned"));
    Dataset<Row> requests = server.requests(Long.parseLong(args[0]));
    Dataset<Row> replies =
        switch (args[1]) {
          case "lr" -> server.species(requests, args[3]);
          case "text" -> server.text(requests);
          case "faulty" -> server.faulty(requests);
          default -> server.echo(requests);
        };
    try {
      server.writer(replies).start().awaitTermination();
    } catch (StreamingQueryException e) {
      System.err.println("The query has ended: " + e.getMessage().lines().findFirst().orElse(""));
    }
    System.exit(1);
  }

  private Dataset<Row> requests(long port) {
    DataStreamReader reader =
        spark
            .readStream()
            .format(SOURCE)
            .option("host", "127.0.0.1")
            .option("port", port)
            .option("path", API)
            .option("name", API);
    return (tuned ? reader.option("numPartitions", 1L) : reader).load();
  }

  private DataStreamWriter<Row> writer(Dataset<Row> replies) throws Exception {
    Path checkpoint = Files.createTempDirectory("synapseml");
    DataStreamWriter<Row> writer =
        replies
            .writeStream()
            .format(SINK)
            .option("name", API)
            .queryName(API)
            .option("checkpointLocation", checkpoint.toString());
    return tuned ? writer.trigger(Trigger.Continuous("10 seconds")) : writer;
  }

  private static Dataset<Row> parsed(Dataset<Row> requests, String schema) {
    return new DataFrameExtensions(requests)
        .parseRequest(API, StructType.fromDDL(schema), "id", "request", "none");
  }

  private Dataset<Row> echo(Dataset<Row> requests) {
    Dataset<Row> rows = parsed(requests, "value BIGINT").withColumn("out", struct(col("value")));
    return reply(rows);
  }

  /** The echo, which throws at random for 2 % of the rows. */
  private Dataset<Row> faulty(Dataset<Row> requests) {
    UserDefinedFunction byChance =
        udf((UDF1<Long, Long>) SynapseServer::byChance, DataTypes.LongType).asNondeterministic();
    Dataset<Row> rows = parsed(requests, "value BIGINT");
    return reply(rows.withColumn("out", struct(byChance.apply(col("value")).as("value"))));
  }

  private static Long byChance(Long value) {
    if (ThreadLocalRandom.current().nextDouble() < FAULTS) {
      throw new IllegalStateException("by chance");
    }
    return value;
  }

  private Dataset<Row> species(Dataset<Row> requests, String jar) throws Exception {
    Dataset<Row> rows =
        new Training(spark).species(PenguinLines.in(jar)).transform(parsed(requests, PENGUIN));
    return reply(rows.withColumn("out", struct(col("species"))));
  }

  private Dataset<Row> text(Dataset<Row> requests) {
    Dataset<Row> rows = new Training(spark).text().transform(parsed(requests, "text STRING"));
    return reply(rows.withColumn("out", struct(col("prediction"))));
  }

  private static Dataset<Row> reply(Dataset<Row> rows) {
    return new DataFrameExtensions(rows).makeReply("out", REPLY);
  }
}
