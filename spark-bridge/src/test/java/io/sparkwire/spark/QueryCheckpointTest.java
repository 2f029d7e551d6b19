package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Services that start from a checkpoint of another query, or from none. */
@ExtendWith(TestSpark.class)
@Timeout(180)
class QueryCheckpointTest {

  private static final Trigger MICRO_BATCH = Trigger.ProcessingTime(0);
  private static final Trigger REAL_TIME = Trigger.RealTime("5 seconds");
  private static final Trigger CONTINUOUS = Trigger.Continuous("100 milliseconds");

  private final SparkSession spark;
  @TempDir Path checkpoint;

  QueryCheckpointTest(SparkSession spark) {
    this.spark = spark;
  }

  private Path log(String name) {
    return checkpoint.resolve("replica-0").resolve(name);
  }

  private ServingQuery start(Trigger trigger) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "resumed")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> rows.withColumn("doubled", col("value").multiply(2)))
        .makeReply("doubled")
        .replyTo("resumed")
        .trigger(trigger)
        .replicas(1)
        .option("checkpointLocation", checkpoint.toString())
        .start();
  }

  /** Until another epoch is committed. */
  private void serve(Trigger trigger) throws Exception {
    Optional<Path> before = newest("commits");
    try (ServingQuery query = start(trigger)) {
      assertThat(new TestClient(query).post("{\"value\":4}").body()).isEqualTo("{\"doubled\":8}");
      if (trigger == MICRO_BATCH) {
        query.stop(); // ends the open epoch
      }
      await().atMost(ofSeconds(60)).until(() -> !newest("commits").equals(before));
    }
  }

  private Optional<Path> newest(String log) throws IOException {
    if (!Files.exists(log(log))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(log(log))) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+"))
          .max(Comparator.comparingInt(file -> Integer.parseInt(file.getFileName().toString())));
    }
  }

  private void refuses(Trigger trigger, String reason) {
    assertThatThrownBy(() -> start(trigger))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .endsWith(
            "cannot go on from the checkpoint file:"
                + log("")
                + ": "
                + reason
                + "; use another directory, or delete this one if its state is not needed");
  }

  @Test
  void aCheckpointServesEveryTriggerUntilTheContinuousOneHasWrittenIt() throws Exception {
    serve(MICRO_BATCH);
    serve(REAL_TIME);
    serve(MICRO_BATCH);
    serve(CONTINUOUS);
    for (Trigger trigger : new Trigger[] {MICRO_BATCH, REAL_TIME}) {
      refuses(trigger, "it was written under the continuous trigger, so only that can read it");
    }
    serve(CONTINUOUS);
  }

  @Test
  void aCheckpointOfAnotherSourceIsRefusedByName() throws Exception {
    serve(MICRO_BATCH);
    Path offsets = newest("offsets").orElseThrow();
    String written = Files.readString(offsets);
    for (Trigger trigger : new Trigger[] {MICRO_BATCH, REAL_TIME, CONTINUOUS}) {
      replace(offsets, written.replaceAll("\\{\"version.*epoch.*}", "{\"logOffset\":3}"));
      refuses(
          trigger,
          "the offset {\"logOffset\":3} is not one of a service, which in this version of Sparkwire"
              + " is like {\"version\":1,\"epoch\":7}");
      replace(offsets, written.replace("\"version\":1,\"epoch\"", "\"version\":2,\"epoch\""));
      assertThatThrownBy(() -> start(trigger)).hasMessageContaining("is not one of a service");
    }
    replace(offsets, written);
    serve(MICRO_BATCH);
  }

  @Test
  void aCheckpointThatCannotBeReadIsRefusedByName() throws Exception {
    serve(MICRO_BATCH);
    Path offsets = newest("offsets").orElseThrow();
    for (String broken : new String[] {"", "v1\n{", "nonsense\n", "v9\n{}\n"}) {
      replace(offsets, broken);
      for (Trigger trigger : new Trigger[] {MICRO_BATCH, CONTINUOUS}) {
        assertThatThrownBy(() -> start(trigger))
            .as(broken)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("cannot go on from the checkpoint file:" + log(""))
            .message()
            .as("one line")
            .doesNotContain("\n");
      }
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
