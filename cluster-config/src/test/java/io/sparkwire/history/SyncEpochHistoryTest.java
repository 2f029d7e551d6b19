package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FakePendingRequest;
import org.junit.jupiter.api.Test;

class SyncEpochHistoryTest extends SharedHistoryContract {

  @Override
  HistoryMode mode() {
    return HistoryMode.SYNC;
  }

  @Test
  void aRequestIsSharedBeforeItIsComputed() {
    history().begin(KEY, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));

    assertThat(chunks()).isEqualTo(1);
  }
}
