package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.secret.TestSeal;
import io.sparkwire.secret.ValueSeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same contract in a cluster with a secret, where each history has the seal of a node. */
class SealedEpochHistoryTest extends SharedHistoryContract {

  @Override
  HistoryMode mode() {
    return HistoryMode.ASYNC;
  }

  @Override
  ValueSeal seal() {
    return TestSeal.ofNode();
  }

  @Test
  void nothingOfARequestIsReadableInTheMap() {
    history().begin(KEY, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));
    await().atMost(TIMEOUT).until(() -> chunks() > 0);

    byte[] plain = ChunkCodec.write(List.of(FakePendingRequest.number(1).request()));
    assertThat(entries().values()).noneMatch(chunk -> text(chunk).contains(text(plain)));
  }

  @Test
  void aChunkThatWasForgedIsDropped() {
    byte[] forged = ChunkCodec.write(List.of(FakePendingRequest.number(1).request()));
    entries().put(ChunkKey.of(KEY, "forged"), forged);

    assertThat(history().begin(KEY, Replay.UNFINISHED).replay()).isNull();
    await().atMost(TIMEOUT).until(() -> chunks() == 0);
  }

  /** A stranger may find a chunk of another share, and put it where it would be computed again. */
  @Test
  void aChunkThatWasMovedIsDropped() {
    EpochShare elsewhere = new EpochShare("another", "query", 1, 0);
    history().begin(elsewhere, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));
    await().atMost(TIMEOUT).until(() -> chunks() > 0);
    byte[] chunk = entries().values().iterator().next();
    entries().put(ChunkKey.of(KEY, "moved"), chunk);

    assertThat(history("w2").begin(KEY, Replay.UNFINISHED).replay()).isNull();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
