package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.protocol.FakePendingRequest;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a history promises that other nodes share, beside what every history does. */
abstract class SharedHistoryContract extends EpochHistoryContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static HazelcastInstance hazelcast;

  private final List<HazelcastEpochHistory> histories = new ArrayList<>();

  @BeforeAll
  static void startMember() {
    Config config = new Config().setClusterName(UUID.randomUUID().toString());
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
    hazelcast.getMap(ChunkStore.MAP).clear();
  }

  abstract HistoryMode mode();

  @Override
  EpochHistory history() {
    return history("w1");
  }

  /** The history of one JVM, to which every claim is granted. */
  private HazelcastEpochHistory history(String node) {
    HazelcastEpochHistory history =
        new HazelcastEpochHistory(
            new NodeId(node),
            hazelcast,
            left -> left.stream().map(r -> (PendingRequest) new FakePendingRequest(r)).toList(),
            mode());
    histories.add(history);
    return history;
  }

  static int chunks() {
    return hazelcast.getMap(ChunkStore.MAP).size();
  }

  private static List<Long> replayed(EpochHistory.Attempt attempt) {
    List<Long> numbers = new ArrayList<>();
    for (PendingRequest r = attempt.replay(); r != null; r = attempt.replay()) {
      attempt.pulled(r);
      numbers.add(r.request().id().sequence());
    }
    return numbers;
  }

  @Test
  void anotherJvmReplaysWhatALostOneLeft() {
    EpochHistory.Attempt lost = history("w1").begin(KEY, Replay.UNFINISHED);
    FakePendingRequest finished = FakePendingRequest.number(1);
    lost.pulled(finished);
    lost.pulled(FakePendingRequest.number(2));
    lost.pulled(FakePendingRequest.number(3));
    await().atMost(PATIENCE).until(() -> chunks() > 0);

    EpochHistory.Attempt other = history("w2").begin(KEY, Replay.UNFINISHED);
    assertThat(replayed(other)).contains(2L, 3L);
    assertThat(replayed(history("w3").begin(new EpochKey("s", "q", 1, 1), Replay.UNFINISHED)))
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
    await().atMost(PATIENCE).until(() -> chunks() == 1);
    replayed(history("w2").begin(KEY, Replay.UNFINISHED));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(replayed(history("w3").begin(KEY, Replay.UNFINISHED))).contains(1L));
  }

  @Test
  void whatIsFinishedIsSoonForgottenEverywhere() {
    EpochHistory.Attempt attempt = history("w1").begin(KEY, Replay.UNFINISHED);
    FakePendingRequest request = FakePendingRequest.number(1);
    attempt.pulled(request);
    await().atMost(PATIENCE).until(() -> chunks() == 1);
    request.answer(ServiceReply.ok("text/plain", new byte[0]));

    await().atMost(PATIENCE).until(() -> chunks() == 0);
  }

  @Test
  void aCommittedEpochLeavesNoChunks() {
    EpochHistory history = history("w1");
    history.begin(KEY, Replay.UNFINISHED).pulled(FakePendingRequest.number(1));
    await().atMost(PATIENCE).until(() -> chunks() == 1);
    history.committed("s", "q", 1);

    await().atMost(PATIENCE).until(() -> chunks() == 0);
  }
}
