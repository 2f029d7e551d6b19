package io.sparkwire.app;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;

import io.sparkwire.spark.Serving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;

/**
 * An application with state: a service that counts requests by kind, and replies to each with how
 * many of its kind there have been.
 */
public final class CountingService {

  static final String NAME = "count";
  static final int KINDS = 10;
  static final int PARTITIONS = 2;

  private CountingService() {}

  /**
   * Serves until it is ended.
   *
   * @param args the directory of the query's checkpoint
   */
  public static void main(String[] args) throws Exception {
    Serving.on(SparkSession.builder().getOrCreate())
        .server("127.0.0.1", 0, NAME)
        .option("partitions", PARTITIONS)
        .option("replay", "exact")
        .option("timeout", "2m")
        .load()
        .parseRequest("value BIGINT")
        .transform(CountingService::counted)
        .replyTo(NAME)
        .outputMode(OutputMode.Update())
        .option("checkpointLocation", args[0])
        .start()
        .awaitTermination();
  }

  /** Keeps the ids of all requests, so those of an epoch are answered with those before. */
  private static Dataset<Row> counted(Dataset<Row> requests) {
    return requests
        .groupBy(pmod(col("value"), lit(KINDS)).as("kind"))
        .agg(count("*").as("n"), collect_list("id").as("ids"))
        .select(explode(col("ids")).as("id"), struct(col("kind"), col("n")).as("reply"));
  }

  /** Makes a jar of this class, for Spark to run. */
  static Path jar(Path directory) throws IOException {
    Path jar = directory.resolve("counting-service.jar");
    String entry = CountingService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        var code = CountingService.class.getClassLoader().getResourceAsStream(entry)) {
      out.putNextEntry(new JarEntry(entry));
      code.transferTo(out);
    }
    return jar;
  }
}
