package io.sparkwire.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BatchesTest {

  private static final long MEGABYTE = 1 << 20;

  private final Batches batches = new Batches(4, row -> row.getInt(0) >= 100 ? 5 * MEGABYTE : 8);

  private void add(int... values) {
    for (int value : values) {
      batches.add(new Batch.Input(new GenericInternalRow(new Object[] {value}), result -> {}));
    }
  }

  private static List<Integer> values(Batch batch) {
    return batch.rows().stream().map(row -> row.getInt(0)).toList();
  }

  @Test
  void aBatchHasAllThatIsQueued() throws Exception {
    add(1, 2, 3);
    assertThat(values(batches.take())).containsExactly(1, 2, 3);
    assertThat(batches.poll()).isNull();
  }

  @Test
  void aBatchHasNoMoreRowsThanAllowed() {
    add(1, 2, 3, 4, 5);
    assertThat(values(batches.poll())).containsExactly(1, 2, 3, 4);
    assertThat(values(batches.poll())).containsExactly(5);
  }

  @Test
  void largeRowsMakeSmallBatches() {
    add(101, 102, 103);
    assertThat(values(batches.poll())).containsExactly(101, 102);
    assertThat(values(batches.poll())).containsExactly(103);
  }

  @Test
  void rowsThatGoAgainComeFirstAndInOrder() throws Exception {
    add(1, 2);
    Batch failed = batches.take();
    add(3);
    Batch behind = batches.take();
    add(4);
    batches.again(List.of(behind));
    batches.again(failed.failedAlone());
    assertThat(List.of(batches.take(), batches.take(), batches.take(), batches.take()))
        .extracting(BatchesTest::values)
        .containsExactly(List.of(1), List.of(2), List.of(3), List.of(4));
  }

  @Test
  void aRowThatGoesAgainRemembersTheFailure() {
    add(1, 2);
    List<Batch> alone = batches.poll().failedAlone();
    assertThat(alone).extracting(Batch::failures).containsExactly(1, 1);
    assertThat(alone).allMatch(Batch::isSingle);
    assertThat(alone.get(0).failedAlone()).extracting(Batch::failures).containsExactly(2);
  }

  @Test
  void aTakeWaitsForARow() throws Exception {
    CompletableFuture<List<Integer>> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return values(batches.take());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    add(9);
    assertThat(taken).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of(9));
  }
}
