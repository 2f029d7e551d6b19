package io.sparkwire.history;

class AsyncEpochHistoryTest extends SharedHistoryContract {

  @Override
  HistoryMode mode() {
    return HistoryMode.ASYNC;
  }
}
