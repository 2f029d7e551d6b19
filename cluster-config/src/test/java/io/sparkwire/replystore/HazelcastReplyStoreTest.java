package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.LocalMapStats;
import io.sparkwire.secret.ValueSeal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members, of which each has a part of the keys, and a backup of the other's. */
class HazelcastReplyStoreTest extends ReplyStoreContract {

  private static final String NAME = UUID.randomUUID().toString();
  private static final long MOST = 1 << 20;
  private static HazelcastInstance one;
  private static HazelcastInstance other;

  @BeforeAll
  static void startMembers() {
    one = member();
    other = member();
  }

  private static HazelcastInstance member() {
    Config config =
        new Config().setClusterName(NAME).setProperty("hazelcast.logging.type", "slf4j");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    HazelcastReplyStore.configure(config, MOST);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stopMembers() {
    other.shutdown();
    one.shutdown();
  }

  @BeforeEach
  void forgetAll() {
    one.getMap(HazelcastReplyStore.MAP).clear();
  }

  @Override
  ReplyStore replies() {
    return new HazelcastReplyStore(one, ValueSeal.NONE);
  }

  @Override
  void pass(Duration time) {
    // What waits for it waits for the condition.
  }

  private static long heldBy(HazelcastInstance member) {
    LocalMapStats stats = member.getMap(HazelcastReplyStore.MAP).getLocalMapStats();
    return stats.getOwnedEntryMemoryCost() + stats.getBackupEntryMemoryCost();
  }

  private static void keep(ReplyStore replies, List<String> keys) throws Exception {
    for (String key : keys) {
      get(replies.change(key, ReplyStore.NEW, RUNNING.answered(reply(100_000)), LONG));
    }
  }

  /** There are far fewer of them than partitions, so none has another beside it. */
  @Test
  void largeRepliesAndBackupsOfThemTakeNoMoreThanTheirPartOfAnyMember() throws Exception {
    ReplyStore replies = replies();
    get(replies.change("running", ReplyStore.NEW, RUNNING, LONG));
    for (int i = 0; i < 40; i++) {
      get(replies.change("k" + i, ReplyStore.NEW, RUNNING.answered(reply(100_000)), LONG));
    }

    await().atMost(TIMEOUT).until(() -> heldBy(one) <= MOST && heldBy(other) <= MOST);
    assertThat(get(replies.find("k0"))).as("the oldest").isNull();
    assertThat(get(replies.find("k39"))).as("the newest").isNotNull();
    assertThat(get(replies.find("running"))).isNotNull();
  }

  /** Each member has to let go only its part of what is too much, else the newest would go, too. */
  @Test
  void aMemberWithFewOfTheRepliesKeepsItsNewest() throws Exception {
    ReplyStore replies = replies();
    List<String> keys =
        Stream.concat(keysOwnedBy(other).limit(32), keysOwnedBy(one).limit(8)).toList();
    keep(replies, keys);

    await().atMost(TIMEOUT).until(() -> heldBy(one) <= MOST && heldBy(other) <= MOST);
    assertThat(get(replies.find(keys.get(0)))).as("the oldest of many").isNull();
    assertThat(get(replies.find(keys.get(31)))).as("the newest of many").isNotNull();
    assertThat(get(replies.find(keys.get(32)))).as("the oldest of few").isNull();
    assertThat(get(replies.find(keys.get(39)))).as("the newest of few").isNotNull();
  }

  /** Hazelcast sends no events of a cleared map, and those of other changes late. */
  @Test
  void keysThatWereUsedBeforeAreAsNewAsTheirLatestReplies() throws Exception {
    ReplyStore replies = replies();
    List<String> keys = keysOwnedBy(one).limit(20).toList();
    keep(replies, keys);
    forgetAll();
    List<String> reversed = new ArrayList<>(keys);
    Collections.reverse(reversed);
    keep(replies, reversed);

    await().atMost(TIMEOUT).until(() -> heldBy(one) <= MOST);
    assertThat(get(replies.find(keys.get(0)))).as("the newest").isNotNull();
    assertThat(get(replies.find(keys.get(19)))).as("the oldest").isNull();
  }

  @Test
  void aKeyHasTheTimeOfItsLatestChange() throws Exception {
    ReplyStore replies = replies();
    long before = micros();
    get(replies.change("k", ReplyStore.NEW, RUNNING, LONG));
    long running = get(replies.find("k")).changed();
    get(replies.change("k", "n1", RUNNING.answered(reply(1)), LONG));
    long answered = get(replies.find("k")).changed();

    assertThat(running).isBetween(before, micros());
    assertThat(answered).isBetween(running + 1, micros());
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private static Stream<String> keysOwnedBy(HazelcastInstance member) {
    Member owner = member.getCluster().getLocalMember();
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "k" + i)
        .filter(key -> owner.equals(one.getPartitionService().getPartition(key).getOwner()));
  }

  @Test
  void whatWasKeptOutlivesTheNodeThatKeptIt() throws Exception {
    HazelcastInstance doomed = member();
    HazelcastReplyStore theirs = new HazelcastReplyStore(doomed, ValueSeal.NONE);
    for (int i = 0; i < 50; i++) {
      get(theirs.change("k" + i, ReplyStore.NEW, RUNNING.answered(reply(10)), LONG));
    }
    doomed.getLifecycleService().terminate();

    for (int i = 0; i < 50; i++) {
      String key = "k" + i;
      await().atMost(TIMEOUT).until(() -> get(replies().find(key)) != null);
    }
  }
}
