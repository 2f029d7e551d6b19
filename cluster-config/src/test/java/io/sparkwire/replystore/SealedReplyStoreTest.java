package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.sparkwire.TestPorts;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.secret.TestSeal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same contract in a cluster with a secret, where each store has the seal of a node. */
class SealedReplyStoreTest extends ReplyStoreContract {

  private static final NodeId NODE = new NodeId("n1");
  private static final Duration TIME = Duration.ofMinutes(1);
  private static final String KEY = "a key";

  private static final long MOST = 1 << 20;
  private static final TestPorts PORTS = TestPorts.take();
  private static HazelcastInstance member;

  @BeforeAll
  static void startMember() {
    Config config = new Config().setClusterName("sealed-replies-" + PORTS.first());
    config.getNetworkConfig().setPort(PORTS.first());
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    HazelcastReplyStore.configure(config, MOST);
    member = Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stopMember() {
    member.shutdown();
    PORTS.close();
  }

  @BeforeEach
  void forgetAll() {
    map().clear();
  }

  /** What lies in the shared map, as any member sees it. */
  private static IMap<String, StoredReply> map() {
    return member.getMap(HazelcastReplyStore.MAP);
  }

  @Override
  ReplyStore replies() {
    return new HazelcastReplyStore(member, TestSeal.ofNode());
  }

  @Override
  void pass(Duration time) {
    // What waits for it waits for the condition.
  }

  private static StoredReply reply(String text) {
    return StoredReply.running(NODE, "f")
        .answered(ServiceReply.ok("text/plain", text.getBytes(StandardCharsets.UTF_8)));
  }

  private StoredReply find() {
    return replies().find(KEY).toCompletableFuture().join();
  }

  @Test
  void nothingOfAReplyIsReadableInTheMap() {
    replies().change(KEY, ReplyStore.NEW, reply("private"), TIME).toCompletableFuture().join();

    assertThat(new String(map().get(KEY).reply(), StandardCharsets.ISO_8859_1))
        .doesNotContain("private");
    assertThat(find().readReply().body()).isEqualTo(reply("private").readReply().body());
  }

  @Test
  void aForgedReplyIsDropped() {
    map().set(KEY, reply("forged"));

    assertThat(find()).isNull();
    assertThat(map().get(KEY)).isNull();
  }

  @Test
  void aReplyThatWasMovedIsDroppedAndLetsTheKeyBeUsed() {
    replies().change("other", ReplyStore.NEW, reply("theirs"), TIME).toCompletableFuture().join();
    map().set(KEY, map().get("other"));
    StoredReply own = StoredReply.running(NODE, "f");

    assertThat(change(own)).isEqualTo(new ReplyStore.Outcome(false, null));
    assertThat(change(own)).isEqualTo(new ReplyStore.Outcome(true, null));
  }

  private ReplyStore.Outcome change(StoredReply next) {
    return replies().change(KEY, ReplyStore.NEW, next, TIME).toCompletableFuture().join();
  }
}
