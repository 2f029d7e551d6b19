package io.sparkwire.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.secret.ValueSeal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a history promises that other nodes share, beside what every history does. */
abstract class SharedHistoryContract extends EpochHistoryContract {

  static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ServiceReply OK = ServiceReply.ok("text/plain", new byte[0]);
  private static final EpochShare NEXT = new EpochShare("s", "q", 2, 0);
  private static HazelcastInstance hazelcast;

  private final List<HazelcastEpochHistory> histories = new ArrayList<>();

  @BeforeAll
  static void startMember() {
    Config config = new Config().setClusterName(UUID.randomUUID().toString());
    HazelcastEpochHistory.configure(config);
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    hazelcast = Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stopMember() {
    hazelcast.shutdown();
  }

  @AfterEach
  void forgetAll() {
    histories.forEach(HazelcastEpochHistory::close);
    List.of(ChunkStore.MAP, ShareStore.SHARES, ShareStore.TAKEN)
        .forEach(map -> hazelcast.getMap(map).clear());
  }

  abstract HistoryMode mode();

  ValueSeal seal() {
    return ValueSeal.NONE;
  }

  @Override
  EpochHistory history() {
    return history("w1");
  }

  /** Every request is still wanted; those that are handed on are noted. */
  private static final class GrantedClaims implements Claims {

    private final List<PendingRequest> handedOn = new CopyOnWriteArrayList<>();

    @Override
    public List<PendingRequest> claim(List<ServiceRequest> left) {
      return left.stream().map(r -> (PendingRequest) new FakePendingRequest(r)).toList();
    }

    @Override
    public void handOn(PendingRequest request) {
      handedOn.add(request);
    }
  }

  /** The history of one JVM, to which every claim is granted. */
  HazelcastEpochHistory history(String node) {
    return history(node, new GrantedClaims());
  }

  private HazelcastEpochHistory history(String node, Claims claims) {
    HazelcastEpochHistory history =
        new HazelcastEpochHistory(new NodeId(node), hazelcast, seal(), claims, mode());
    histories.add(history);
    return history;
  }

  static int chunks() {
    return entries().size();
  }

  /** The chunks as any member sees them. */
  static IMap<ChunkKey, byte[]> entries() {
    return hazelcast.getMap(ChunkStore.MAP);
  }

  @Test
  void anotherJvmReplaysWhatALostOneLeft() {
    EpochHistory.Attempt lost = history("w1").begin(KEY, Replay.UNFINISHED);
    FakePendingRequest finished = FakePendingRequest.number(1);
    lost.pulled(finished);
    lost.pulled(FakePendingRequest.number(2));
    lost.pulled(FakePendingRequest.number(3));
    await().atMost(TIMEOUT).until(() -> chunks() > 0);

    EpochHistory.Attempt other = history("w2").begin(KEY, Replay.UNFINISHED);
    assertThat(replayed(other)).contains(2L, 3L);
    assertThat(replayed(history("w3").begin(new EpochShare("s", "q", 1, 1), Replay.UNFINISHED)))
        .isEmpty();
  }

  @Test
  void theChunksOfAShareLieTogether() {
    Set<Integer> places =
        IntStream.range(0, 100)
            .mapToObj(i -> ChunkKey.of(KEY, "" + i))
            .map(key -> hazelcast.getPartitionService().getPartition(key).getPartitionId())
            .collect(Collectors.toSet());

    assertThat(places).hasSize(1);
  }

  @Test
  void aThirdJvmReplaysWhatTheSecondDidNotFinish() {
    history("w1").begin(KEY, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));
    await().atMost(TIMEOUT).until(() -> chunks() == 1);
    replayed(history("w2").begin(KEY, Replay.UNFINISHED));

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(replayed(history("w3").begin(KEY, Replay.UNFINISHED))).contains(1L));
  }

  @Test
  void whatIsFinishedIsSoonForgottenEverywhere() {
    EpochHistory.Attempt attempt = history("w1").begin(KEY, Replay.UNFINISHED);
    FakePendingRequest request = FakePendingRequest.number(1);
    attempt.pulled(request);
    await().atMost(TIMEOUT).until(() -> chunks() == 1);
    request.answer(OK);

    await().atMost(TIMEOUT).until(() -> chunks() == 0);
  }

  @Test
  void aCommittedEpochLeavesNoChunks() {
    EpochHistory history = history("w1");
    history.begin(KEY, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));
    await().atMost(TIMEOUT).until(() -> chunks() == 1);
    history.committed("s", "q", 1);

    await().atMost(TIMEOUT).until(() -> chunks() == 0);
  }

  /** Bytes of all chunks. */
  private static long chunkBytes() {
    return hazelcast.<ChunkKey, byte[]>getMap(ChunkStore.MAP).values().stream()
        .mapToLong(chunk -> chunk.length)
        .sum();
  }

  @Test
  void largeBodiesDoNotLieInOneChunk() {
    EpochHistory.Attempt attempt = history("w1").begin(KEY, Replay.UNFINISHED);
    for (int i = 0; i < 8; i++) {
      attempt.pulled(FakePendingRequest.with(i, new byte[(int) Chunk.MOST_BYTES]));
    }

    await().atMost(TIMEOUT).until(() -> chunks() == 8);
  }

  @Test
  void aSlowRequestKeepsNoBodyOfThoseThatWerePulledWithIt() {
    EpochHistory.Attempt attempt = history("w1").begin(KEY, Replay.UNFINISHED);
    FakePendingRequest large = FakePendingRequest.with(1, new byte[(int) Chunk.MOST_BYTES]);
    FakePendingRequest slow = FakePendingRequest.with(0, new byte[] {7});
    attempt.pulled(slow);
    attempt.pulled(large);
    await().atMost(TIMEOUT).until(() -> chunkBytes() > Chunk.MOST_BYTES);
    large.answer(OK);

    await().atMost(TIMEOUT).until(() -> chunkBytes() < Chunk.MOST_BYTES / 2);
    EpochHistory.Attempt next = history("w2").begin(KEY, Replay.UNFINISHED);
    assertThat(next.replay().request().body()).containsExactly(7);
    assertThat(next.replay()).isNull();
  }

  private static PendingRequest drawn(EpochHistory.Attempt attempt, PendingRequest waiting) {
    return attempt.draw(new ArrayDeque<>(List.of(waiting))::poll);
  }

  @Test
  void anotherJvmReplaysExactlyWhatWasAnsweredToo() {
    EpochHistory.Attempt lost = history("w1").begin(KEY, Replay.EXACT);
    pulled(lost, FakePendingRequest.number(1)).answer(OK);
    pulled(lost, FakePendingRequest.number(2));

    EpochHistory.Attempt other = history("w2").begin(KEY, Replay.EXACT);
    assertThat(replayed(other)).containsExactly(1L, 2L);
    assertThat(other.takesNew()).as("before a task has read it to its end").isTrue();
    pulled(other, FakePendingRequest.number(3));
    assertThat(replayed(history("w3").begin(KEY, Replay.EXACT))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void anotherJvmAddsNothingToAShareThatWasReadToItsEnd() {
    EpochHistory.Attempt lost = history("w1").begin(KEY, Replay.EXACT);
    pulled(lost, FakePendingRequest.number(1));
    lost.complete();
    history("w1").begin(NEXT, Replay.EXACT).complete();

    EpochHistory other = history("w2");
    assertThat(replayed(other.begin(KEY, Replay.EXACT))).containsExactly(1L);
    assertThat(other.begin(KEY, Replay.EXACT).takesNew()).isFalse();
    assertThat(other.begin(NEXT, Replay.EXACT).takesNew()).as("to an empty one").isFalse();
  }

  @Test
  void anAttemptEndsWhenAnotherJvmBeginsItsShare() {
    EpochHistory.Attempt frozen = history("w1").begin(KEY, Replay.EXACT);
    EpochHistory.Attempt next = history("w2").begin(KEY, Replay.EXACT);
    FakePendingRequest late = FakePendingRequest.number(1);

    assertThat(drawn(frozen, late)).isNull();
    assertThat(frozen.takesNew()).isFalse();
    assertThat(frozen.giveBack()).containsExactly(late);
    assertThatThrownBy(frozen::complete).hasMessageContaining("partition 0 of epoch 1");
    assertThat(replayed(next)).isEmpty();
  }

  @Test
  void aRequestIsInOneShareOnly() {
    EpochHistory.Attempt first = history("w1").begin(KEY, Replay.EXACT);
    pulled(first, FakePendingRequest.number(1));
    EpochHistory other = history("w2");
    EpochHistory.Attempt second = other.begin(NEXT, Replay.EXACT);
    FakePendingRequest again = FakePendingRequest.number(1);

    assertThat(drawn(second, again)).isNull();
    assertThat(second.giveBack()).isEmpty();
    assertThat(other.size()).isEqualTo(1);
    first.complete();
    second.complete();
    assertThat(replayed(history("w3").begin(KEY, Replay.EXACT))).containsExactly(1L);
    assertThat(replayed(history("w3").begin(NEXT, Replay.EXACT))).isEmpty();
  }

  @Test
  void aRequestWhoseReplyWasLostFailsAndIsNotComputedAgain() {
    EpochHistory first = history("w1");
    EpochHistory.Attempt done = first.begin(KEY, Replay.EXACT);
    pulled(done, FakePendingRequest.number(1));
    done.complete();
    FakePendingRequest again = FakePendingRequest.number(1);
    drawn(history("w2").begin(NEXT, Replay.EXACT), again);
    first.committed("s", "q", 1);

    awaitReplyLost(again);
  }

  private static void awaitReplyLost(FakePendingRequest request) {
    await().atMost(TIMEOUT).until(() -> !request.isOpen());
    assertThat(new String(request.answer().orElseThrow().body(), UTF_8)).contains("reply-lost");
  }

  /** The JVM was lost after it had taken the request, and before it recorded that. */
  @Test
  void aRequestThatItsShareNeverRecordedIsComputed() {
    FakePendingRequest request = FakePendingRequest.number(1);
    store().assign(ShareOwnership.ids(List.of(request)), KEY);
    EpochHistory other = history("w1");
    other.begin(KEY, Replay.EXACT).complete();
    GrantedClaims claims = new GrantedClaims();
    EpochHistory.Attempt next = history("w2", claims).begin(NEXT, Replay.EXACT);
    assertThat(drawn(next, request)).isNull();
    other.committed("s", "q", 1);

    await().atMost(TIMEOUT).until(() -> claims.handedOn.contains(request));
    assertThat(request.isOpen()).isTrue();
    assertThat(drawn(next, request)).isSameAs(request);
  }

  /** The node that learns of the commit knows of the share by its record alone. */
  @Test
  void aRequestOfALostJvmThatTookEffectIsNotComputedAgain() {
    EpochHistory lost = history("w1");
    EpochHistory.Attempt done = lost.begin(KEY, Replay.EXACT);
    pulled(done, FakePendingRequest.number(1));
    done.complete();
    EpochHistory other = history("w2");
    other.begin(new EpochShare("s", "q", 1, 1), Replay.EXACT).complete();
    other.committed("s", "q", 1);
    FakePendingRequest again = FakePendingRequest.number(1);
    drawn(other.begin(NEXT, Replay.EXACT), again);

    awaitReplyLost(again);
  }

  private ShareStore store() {
    return new ShareStore(hazelcast, seal());
  }

  @Test
  void whatAShareGivesBackMayGoIntoAnother() {
    EpochHistory.Attempt first = history("w1").begin(KEY, Replay.EXACT);
    FakePendingRequest one = FakePendingRequest.number(1);
    FakePendingRequest two = FakePendingRequest.number(2);
    first.pulled(first.draw(new ArrayDeque<PendingRequest>(List.of(one, two))::poll));
    GrantedClaims claims = new GrantedClaims();
    EpochHistory.Attempt second = history("w2", claims).begin(NEXT, Replay.EXACT);
    FakePendingRequest again = FakePendingRequest.number(2);
    assertThat(drawn(second, again)).as("while the first has it").isNull();

    first.complete();
    assertThat(first.giveBack()).containsExactly(two);
    await().atMost(TIMEOUT).until(() -> claims.handedOn.contains(again));
    assertThat(drawn(second, again)).isSameAs(again);
    assertThat(replayed(history("w3").begin(KEY, Replay.EXACT))).containsExactly(1L);
  }

  @Test
  void whatWasQuarantinedIsLeftOutByAnotherJvmToo() {
    EpochHistory.Attempt first = history("w1").begin(KEY, Replay.EXACT);
    pulled(first, FakePendingRequest.number(1)).suspicion().quarantine();
    pulled(first, FakePendingRequest.number(2));
    first.failed();

    assertThat(replayed(history("w2").begin(KEY, Replay.EXACT))).containsExactly(2L);
  }

  @Test
  void whatIsNewIsNotToBlameForWhatWasTriedInVain() {
    EpochHistory history = history("w1");
    pulled(history.begin(KEY, Replay.EXACT), FakePendingRequest.number(1));
    EpochHistory.Attempt again = history.begin(KEY, Replay.EXACT);
    assertThat(again.timesInVain()).isEqualTo(1);
    replayed(again);
    pulled(again, FakePendingRequest.number(2));

    assertThat(again.timesInVain()).isZero();
  }

  @Test
  void aQueryThatContinuesOnAnotherNodeFindsItsShares() {
    EpochHistory first = history("w1");
    pulled(first.begin(KEY, Replay.EXACT), FakePendingRequest.number(1));
    first.release("s", "q");

    assertThat(first.size()).isZero();
    assertThat(replayed(history("w2").begin(KEY, Replay.EXACT))).containsExactly(1L);
  }

  @Test
  void aQueryThatEndsForGoodLetsItsSharesGo() {
    EpochHistory first = history("w1");
    FakePendingRequest request = FakePendingRequest.number(1);
    pulled(first.begin(KEY, Replay.EXACT), request);

    assertThat(first.reclaim("s", "q")).containsExactly(request);
    EpochHistory other = history("w2");
    assertThat(replayed(other.begin(KEY, Replay.EXACT))).isEmpty();
    assertThat(drawn(other.begin(NEXT, Replay.EXACT), request)).isSameAs(request);
  }
}
