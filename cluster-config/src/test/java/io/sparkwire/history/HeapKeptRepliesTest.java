package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapKeptRepliesTest extends KeptRepliesContract {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  @Override
  HeapKeptReplies replies() {
    return new HeapKeptReplies(MOST_BYTES, now::get);
  }

  @Override
  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void theOldestGoesFirst() throws Exception {
    HeapKeptReplies replies = replies();
    int half = (int) MOST_BYTES / 2 - 1_000;
    for (String key : new String[] {"first", "second", "third"}) {
      get(replies.change(key, KeptReplies.NEW, RUNNING.answered(reply(half)), LONG));
    }

    assertThat(get(replies.find("first"))).isNull();
    assertThat(get(replies.find("second"))).isNotNull();
    assertThat(get(replies.find("third"))).isNotNull();
  }

  @Test
  void whatIsOverTakesNoRoomForLong() throws Exception {
    HeapKeptReplies replies = replies();
    for (int i = 0; i < 1_000; i++) {
      get(replies.change("k" + i, KeptReplies.NEW, RUNNING, SHORT));
      pass(SHORT);
    }

    assertThat(replies.size()).isLessThanOrEqualTo(64);
  }
}
