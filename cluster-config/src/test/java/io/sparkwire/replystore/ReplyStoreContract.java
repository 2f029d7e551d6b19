package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.replystore.ReplyStore.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is promised of kept replies wherever they lie. */
abstract class ReplyStoreContract {

  static final NodeId SELF = new NodeId("n1");
  static final NodeId OTHER = new NodeId("n2");
  static final Duration LONG = Duration.ofMinutes(10);
  static final Duration SHORT = Duration.ofSeconds(2);
  static final StoredReply RUNNING = StoredReply.running(SELF, "print");
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final long MOST_BYTES = 1 << 20;

  /** Nothing in it, and at most {@link #MOST_BYTES} for each of a few nodes. */
  abstract ReplyStore replies();

  /** Lets time pass; a clock that cannot be moved is waited for. */
  abstract void pass(Duration time);

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static Outcome change(ReplyStore replies, String key, String holder, StoredReply next)
      throws Exception {
    return get(replies.change(key, holder, next, LONG));
  }

  static ServiceReply reply(int bytes) {
    return ServiceReply.ok("text/plain", new byte[bytes]);
  }

  @Test
  void whoComesFirstHasTheKey() throws Exception {
    ReplyStore replies = replies();

    assertThat(change(replies, "k", ReplyStore.NEW, RUNNING).done()).isTrue();
    Outcome second = change(replies, "k", ReplyStore.NEW, StoredReply.running(OTHER, "other"));
    assertThat(second.done()).isFalse();
    assertThat(second.found().holder()).isEqualTo("n1");
    assertThat(second.found().fingerprint()).isEqualTo("print");
    assertThat(get(replies.find("k")).isAnswered()).isFalse();
    assertThat(get(replies.find("another"))).isNull();
  }

  @Test
  void theHolderLeavesTheReplyForLaterRequests() throws Exception {
    ReplyStore replies = replies();
    change(replies, "k", ReplyStore.NEW, RUNNING);

    assertThat(change(replies, "k", "n1", RUNNING.answered(reply(3))).done()).isTrue();
    Outcome later = change(replies, "k", ReplyStore.NEW, StoredReply.running(OTHER, "print"));
    assertThat(later.found().isAnswered()).isTrue();
    assertThat(later.found().fingerprint()).isEqualTo("print");
    assertThat(later.found().readReply().contentType()).isEqualTo("text/plain");
    assertThat(later.found().readReply().body()).hasSize(3);
  }

  @Test
  void oneAloneTakesOverFromALostHolder() throws Exception {
    ReplyStore replies = replies();
    StoredReply running = StoredReply.running(SELF, FakePendingRequest.number(7).request());
    change(replies, "k", ReplyStore.NEW, running);

    assertThat(change(replies, "k", "n1", running.takenOver(OTHER)).done()).isTrue();
    Outcome second = change(replies, "k", "n1", running.takenOver(new NodeId("n3")));
    assertThat(second.done()).isFalse();
    assertThat(second.found().holder()).isEqualTo("n2");
    assertThat(second.found().losses()).isEqualTo(1);
    assertThat(second.found().readRequest().id().sequence()).isEqualTo(7);
    assertThat(change(replies, "k", "n1", running.answered(reply(1))).done()).isFalse();
  }

  @Test
  void whatWasReleasedCountsNoLoss() {
    StoredReply released =
        StoredReply.running(SELF, FakePendingRequest.number(7).request()).released();

    assertThat(released.takenOver(OTHER).losses()).isZero();
    assertThat(released.takenOver(OTHER).request()).isNotEmpty();
    assertThat(RUNNING.request()).isEmpty();
  }

  @Test
  void theHolderMayForgetTheKey() throws Exception {
    ReplyStore replies = replies();
    change(replies, "k", ReplyStore.NEW, RUNNING);

    assertThat(change(replies, "k", "n2", null).done()).isFalse();
    assertThat(change(replies, "k", "n1", null).done()).isTrue();
    assertThat(change(replies, "k", "n1", RUNNING.answered(reply(1))).done()).isFalse();
    assertThat(get(replies.find("k"))).isNull();
  }

  @Test
  void anybodyMayForgetAKeyOnce() throws Exception {
    ReplyStore replies = replies();
    change(replies, "k", ReplyStore.NEW, RUNNING);

    assertThat(get(replies.forget("k"))).isTrue();
    assertThat(get(replies.forget("k"))).isFalse();
  }

  @Test
  void everythingIsForgottenWithItsTime() throws Exception {
    ReplyStore replies = replies();
    get(replies.change("k", ReplyStore.NEW, RUNNING, SHORT));
    get(replies.change("long", ReplyStore.NEW, RUNNING, LONG));
    assertThat(get(replies.find("k"))).isNotNull();
    pass(SHORT);

    await().atMost(TIMEOUT).until(() -> get(replies.find("k")) == null);
    assertThat(change(replies, "k", ReplyStore.NEW, RUNNING).done()).isTrue();
    assertThat(get(replies.find("long"))).isNotNull();
  }

  @Test
  void aChangeBeginsANewTime() throws Exception {
    ReplyStore replies = replies();
    get(replies.change("k", ReplyStore.NEW, RUNNING, SHORT));
    get(replies.change("k", "n1", RUNNING.answered(reply(1)), LONG));
    pass(SHORT);

    assertThat(get(replies.find("k"))).isNotNull();
  }

  @Test
  void whatALostNodeHeldIsFound() throws Exception {
    ReplyStore replies = replies();
    change(replies, "mine", ReplyStore.NEW, RUNNING);
    change(replies, "answered", ReplyStore.NEW, RUNNING.answered(reply(1)));
    change(replies, "released", ReplyStore.NEW, RUNNING.released());
    change(replies, "other", ReplyStore.NEW, StoredReply.running(OTHER, ""));

    assertThat(replies.leftBy(SELF)).containsExactlyInAnyOrder("mine", "released");
  }

  @Test
  void thereIsNeverMoreThanItMayHoldAndWhatIsRunningStays() throws Exception {
    ReplyStore replies = replies();
    change(replies, "running", ReplyStore.NEW, RUNNING);
    int many = 512;
    int bytes = 16 * 1024;
    for (int i = 0; i < many; i++) {
      change(replies, "k" + i, ReplyStore.NEW, RUNNING.answered(reply(bytes)));
    }

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(left(replies, many)).isBetween(1, (int) (2 * MOST_BYTES / bytes)));
    assertThat(get(replies.find("k" + (many - 1)))).isNotNull();
    assertThat(get(replies.find("running"))).isNotNull();
  }

  private static int left(ReplyStore replies, int many) throws Exception {
    int left = 0;
    for (int i = 0; i < many; i++) {
      left += get(replies.find("k" + i)) == null ? 0 : 1;
    }
    return left;
  }
}
