package io.sparkwire.history;

import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members, of which each has a part of the keys, and a backup of the other's. */
class HazelcastKeptRepliesTest extends KeptRepliesContract {

  private static final String NAME = UUID.randomUUID().toString();
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
    HazelcastKeptReplies.configure(config, MaxSizePolicy.USED_HEAP_SIZE, 1);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stopMembers() {
    other.shutdown();
    one.shutdown();
  }

  @BeforeEach
  void forgetAll() {
    one.getMap(HazelcastKeptReplies.MAP).clear();
  }

  @Override
  KeptReplies replies() {
    return new HazelcastKeptReplies(one);
  }

  @Override
  void pass(Duration time) {
    // What waits for it waits for the condition.
  }

  @Test
  void whatWasKeptOutlivesTheNodeThatKeptIt() throws Exception {
    HazelcastInstance doomed = member();
    HazelcastKeptReplies theirs = new HazelcastKeptReplies(doomed);
    for (int i = 0; i < 50; i++) {
      get(theirs.change("k" + i, KeptReplies.NEW, RUNNING.answered(reply(10)), LONG));
    }
    doomed.getLifecycleService().terminate();

    for (int i = 0; i < 50; i++) {
      String key = "k" + i;
      await().atMost(PATIENCE).until(() -> get(replies().find(key)) != null);
    }
  }
}
