package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapKeptRepliesTest extends ReplyStoreContract {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  @Override
  HeapReplyStore replies() {
    return new HeapReplyStore(MOST_BYTES, now::get);
  }

  @Override
  void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void theOldestGoesFirst() throws Exception {
    HeapReplyStore replies = replies();
    int half = (int) MOST_BYTES / 2 - 1_000;
    for (String key : new String[] {"first", "second", "third"}) {
      get(replies.change(key, ReplyStore.NEW, RUNNING.answered(reply(half)), LONG));
    }

    assertThat(get(replies.find("first"))).isNull();
    assertThat(get(replies.find("second"))).isNotNull();
    assertThat(get(replies.find("third"))).isNotNull();
  }

  @Test
  void whatIsOverTakesNoRoomForLong() throws Exception {
    HeapReplyStore replies = replies();
    for (int i = 0; i < 1_000; i++) {
      get(replies.change("k" + i, ReplyStore.NEW, RUNNING, SHORT));
      pass(SHORT);
    }

    assertThat(replies.size()).isLessThanOrEqualTo(64);
  }
}
