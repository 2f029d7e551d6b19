package io.sparkwire.spark.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.intake.ServedService;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.TestSpark;
import io.sparkwire.spark.node.SparkMaster;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The session has {@link TestSpark#SLOTS} slots; no query is started. */
@ExtendWith(TestSpark.class)
class TaskSlotsTest {

  private static final Trigger MICRO_BATCH = Trigger.ProcessingTime(0);

  private final String owner = UUID.randomUUID().toString();
  private final Dataset<Row> rows;

  TaskSlotsTest(SparkSession spark) {
    rows = spark.readStream().format("rate").load();
  }

  @AfterEach
  void stop() {
    ServingNode.current().services().release("slots", owner);
  }

  private static SparkwireOptions source(int partitions, String epochs) {
    return SparkwireOptions.of(
        Map.of(
            "service",
            "slots",
            "port",
            "0",
            "epochs",
            epochs,
            "partitions",
            Integer.toString(partitions)));
  }

  private static boolean isRowByRow(Dataset<?> dataset) {
    return TaskSlots.isRowByRow(dataset.queryExecution().analyzed());
  }

  private static void fits(Dataset<Row> replies, SparkwireOptions source, Trigger trigger) {
    assertThatNoException().isThrownBy(() -> TaskSlots.of(replies, source, trigger).check(1));
  }

  private static void fitsNot(Dataset<Row> replies, SparkwireOptions source, Trigger trigger) {
    assertThatThrownBy(() -> TaskSlots.of(replies, source, trigger).check(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "service 'slots' needs 5 task slot(s), but Spark has 4 free with master "
                + TestSpark.MASTER
                + "; use fewer partitions or replicas, or a larger master");
  }

  @Test
  void stepsThatPassRowsOnAreRowByRow() {
    assertThat(isRowByRow(rows)).isTrue();
    assertThat(isRowByRow(rows.filter(col("value").gt(1)).select(col("value").plus(1)))).isTrue();
    assertThat(isRowByRow(rows.select(explode(sequence(lit(1), lit(3)))))).isTrue();
    assertThat(isRowByRow(rows.union(rows).as("u"))).isTrue();
    assertThat(isRowByRow(rows.withWatermark("timestamp", "1 second"))).isTrue();
    assertThat(isRowByRow(rows.as(Encoders.bean(RateRow.class)).filter((RateRow r) -> true)))
        .isTrue();
  }

  /** A bean for a typed step. */
  public static final class RateRow {
    private long value;

    public long getValue() {
      return value;
    }

    public void setValue(long value) {
      this.value = value;
    }
  }

  @Test
  void stepsThatCollectRowsAreNot() {
    assertThat(isRowByRow(rows.groupBy("value").count())).isFalse();
    assertThat(isRowByRow(rows.distinct())).isFalse();
    assertThat(isRowByRow(rows.repartition(2))).isFalse();
    assertThat(isRowByRow(rows.join(rows, "value"))).isFalse();
    assertThat(isRowByRow(rows.groupBy("value").count().select("count"))).isFalse();
    assertThat(isRowByRow(rows.union(rows.distinct()))).isFalse();
  }

  @Test
  void everyReaderThatStaysOpenNeedsASlot() {
    fits(rows, source(TestSpark.SLOTS, "auto"), MICRO_BATCH);
    fitsNot(rows, source(TestSpark.SLOTS + 1, "auto"), MICRO_BATCH);
  }

  @Test
  void readersThatDrainTakeTurns() {
    fits(rows.distinct(), source(TestSpark.SLOTS + 1, "auto"), MICRO_BATCH);
    fits(rows, source(TestSpark.SLOTS + 1, "drained"), MICRO_BATCH);
  }

  @Test
  void underTheOtherTriggersEveryReaderStaysOpen() {
    fitsNot(rows.distinct(), source(5, "drained"), Trigger.Continuous(1_000));
    fitsNot(rows.distinct(), source(5, "drained"), Trigger.RealTime(5_000));
  }

  @Test
  void slotsOfOtherServicesAreTaken() {
    ServedService other =
        ServingNode.current().services().serve(source(1, "auto").service(), owner);
    for (int i = 0; i < TestSpark.SLOTS; i++) {
      fits(rows, source(TestSpark.SLOTS - i, "auto"), MICRO_BATCH);
      other.current().readerOpened(0);
    }

    assertThatThrownBy(() -> TaskSlots.of(rows.distinct(), source(1, "auto"), MICRO_BATCH).check(1))
        .hasMessageContaining("needs 1 task slot(s), but Spark has 0 free");
    other.current().readerClosed(0);
    fits(rows.distinct(), source(1, "auto"), MICRO_BATCH);
  }

  @Test
  void tasksOfALocalMasterRunHere() {
    assertThat(SparkMaster.isLocal(rows.sparkSession().sparkContext())).isTrue();
  }

  @Test
  void thereAreTwoReplicasWhereRowsPassOneByOneAndBothHaveTheirSlots() {
    assertThat(TaskSlots.of(rows, source(2, "auto"), MICRO_BATCH).defaultReplicas()).isEqualTo(2);
    assertThat(TaskSlots.of(rows, source(3, "auto"), MICRO_BATCH).defaultReplicas()).isEqualTo(1);
    assertThat(TaskSlots.of(rows, source(1, "drained"), MICRO_BATCH).defaultReplicas())
        .isEqualTo(1);
    assertThat(TaskSlots.of(rows.distinct(), source(1, "auto"), MICRO_BATCH).defaultReplicas())
        .isEqualTo(1);
  }

  @Test
  void everyReplicaNeedsItsSlots() {
    TaskSlots slots = TaskSlots.of(rows, source(2, "auto"), MICRO_BATCH);
    assertThatNoException().isThrownBy(() -> slots.check(2));
    assertThatThrownBy(() -> slots.check(3)).hasMessageContaining("needs 6 task slot(s)");
  }
}
