package io.sparkwire.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HazelcastEpochHistory;
import io.sparkwire.history.HeapEpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.message.NodeId;
import io.sparkwire.replystore.HazelcastReplyStore;
import io.sparkwire.replystore.ReplyStore;
import io.sparkwire.secret.ValueSeal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** A node's part in a cluster that Hazelcast holds together. Thread-safe. */
final class HazelcastMembership implements Membership {

  private static final String IDS = "sparkwire.ids";

  private final NodeId self;
  private final HazelcastInstance hazelcast;
  private final ValueSeal seal;
  private final HazelcastDirectory directory;
  private final List<HazelcastEpochHistory> histories = new CopyOnWriteArrayList<>();

  /**
   * @param seal of what is kept in maps that other nodes share
   */
  HazelcastMembership(NodeId self, HazelcastInstance hazelcast, ValueSeal seal) {
    this.self = self;
    this.hazelcast = hazelcast;
    this.seal = seal;
    this.directory = new HazelcastDirectory(self, hazelcast, seal);
  }

  void start() {
    directory.start();
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public EpochHistory history(HistoryMode mode, Claims claims) {
    if (mode == HistoryMode.LOCAL) {
      return new HeapEpochHistory();
    }
    HazelcastEpochHistory history = new HazelcastEpochHistory(self, hazelcast, seal, claims, mode);
    histories.add(history);
    return history;
  }

  @Override
  public ReplyStore keptReplies() {
    return new HazelcastReplyStore(hazelcast, seal);
  }

  @Override
  public LongSupplier ids() {
    return hazelcast.getFlakeIdGenerator(IDS)::newId;
  }

  @Override
  public void leave() {
    histories.forEach(HazelcastEpochHistory::close);
    directory.stop();
    hazelcast.shutdown();
  }
}
