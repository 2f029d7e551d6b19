package io.sparkwire.history;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.secret.ValueSeal;
import io.sparkwire.thread.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An epoch history that other nodes can read when this one is lost: on the heap, and in chunks in
 * Hazelcast.
 *
 * <p>One thread writes every few milliseconds what was pulled since and is not finished yet, and
 * removes the chunks that are. So a request that is answered quickly never leaves the heap, and
 * none waits for Hazelcast, unless the mode is {@link HistoryMode#SYNC}. An attempt at a share that
 * this JVM does not know begins with what another left of it, as far as the claims are granted.
 * Runs on: task thread and driver. Thread-safe.
 */
public final class HazelcastEpochHistory implements EpochHistory, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastEpochHistory.class);
  private static final long WRITE_MILLIS = 5;
  private static final long CHECK_INTERVAL_MILLIS = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private final NodeId self;
  private final ChunkStore store;
  private final Claims claims;
  private final HistoryMode mode;
  private final HeapEpochHistory heap = new HeapEpochHistory();
  private final ExactShares exact;
  private final Map<EpochShare, SharedUnfinishedAttempt> attempts = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("sparkwire-history"));
  private final List<ScheduledFuture<?>> work;

  public HazelcastEpochHistory(
      NodeId self, HazelcastInstance hazelcast, ValueSeal seal, Claims claims, HistoryMode mode) {
    this.self = self;
    this.store = new ChunkStore(hazelcast, seal);
    this.claims = claims;
    this.mode = mode;
    this.exact = new ExactShares(self, new ShareStore(hazelcast, seal), claims);
    this.work =
        List.of(often(this::writeAll, WRITE_MILLIS), often(exact::check, CHECK_INTERVAL_MILLIS));
  }

  /** Has a member that is about to start understand what such histories ask of it. */
  public static void configure(Config config) {
    ShareStore.configure(config);
  }

  private ScheduledFuture<?> often(Runnable action, long millis) {
    return thread.scheduleWithFixedDelay(
        () -> tryTo(action), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void tryTo(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) { // Hazelcast has ended, or is in the middle of a change
      LOG.debug("the history could not be shared", e);
    }
  }

  @Override
  public Attempt begin(EpochShare key, Replay replay) {
    return replay == Replay.EXACT ? exact.begin(key) : beginUnfinished(key);
  }

  private SharedUnfinishedAttempt beginUnfinished(EpochShare key) {
    String name = String.format("%016d-%s", System.currentTimeMillis(), self);
    SharedUnfinishedAttempt next =
        new SharedUnfinishedAttempt(key, name, heap.begin(key, Replay.UNFINISHED), this::recorded);
    SharedUnfinishedAttempt earlier = attempts.put(key, next);
    if (earlier != null) {
      earlier.writeTo(store);
      next.inherit(earlier.takeLeft(), earlier.takeAllChunks());
    } else {
      takeOver(next);
    }
    return next;
  }

  /** Claims what a JVM that is lost has left of a share. */
  private void takeOver(SharedUnfinishedAttempt attempt) {
    List<Map.Entry<ChunkKey, byte[]>> found = store.read(attempt.key());
    if (found.isEmpty()) {
      return;
    }
    List<ServiceRequest> requests = new ArrayList<>();
    found.forEach(chunk -> requests.addAll(ChunkCodec.read(chunk.getValue())));
    List<PendingRequest> granted = claims.claim(requests);
    attempt.inherit(granted, found.stream().map(chunk -> granted(chunk, granted)).toList());
    Event.REQUESTS_REPLAYED.info(
        LOG,
        "replaying {} of {} requests of service '{}' that another JVM left in epoch {}, partition"
            + " {}",
        granted.size(),
        requests.size(),
        attempt.key().service(),
        attempt.key().epoch(),
        attempt.key().partition());
  }

  /** A chunk that was found, as far as it was granted. */
  private static Chunk granted(Map.Entry<ChunkKey, byte[]> found, List<PendingRequest> granted) {
    Set<RequestId> within =
        ChunkCodec.read(found.getValue()).stream()
            .map(ServiceRequest::id)
            .collect(Collectors.toSet());
    List<PendingRequest> own =
        granted.stream().filter(request -> within.contains(request.request().id())).toList();
    return new Chunk(found.getKey(), own, found.getValue().length);
  }

  private void recorded(SharedUnfinishedAttempt attempt) {
    if (mode == HistoryMode.SYNC) {
      SharedCalls.await(attempt.writeTo(store));
    }
  }

  private void writeAll() {
    if (!store.isBehind()) {
      attempts.values().forEach(attempt -> attempt.writeTo(store));
    }
    attempts.values().forEach(attempt -> attempt.removeFinishedFrom(store));
  }

  @Override
  public void committed(String service, String query, long epoch) {
    Predicate<EpochShare> done = key -> key.belongsTo(service, query) && key.epoch() <= epoch;
    heap.committed(service, query, epoch);
    forget(done);
    exact.committed(done);
  }

  @Override
  public List<PendingRequest> unanswered(String service, String query, long epoch) {
    List<PendingRequest> all = new ArrayList<>(heap.unanswered(service, query, epoch));
    all.addAll(exact.unanswered(key -> key.belongsTo(service, query) && key.epoch() <= epoch));
    return all;
  }

  @Override
  public List<PendingRequest> reclaim(String service, String query) {
    List<PendingRequest> all = new ArrayList<>(heap.reclaim(service, query));
    all.addAll(forget(key -> key.belongsTo(service, query)));
    all.addAll(exact.reclaim(key -> key.belongsTo(service, query)));
    return all;
  }

  @Override
  public void release(String service, String query) {
    heap.release(service, query);
    forget(key -> key.belongsTo(service, query));
    exact.release(key -> key.belongsTo(service, query));
  }

  @Override
  public List<PendingRequest> reclaim(EpochShare share) {
    List<PendingRequest> all = new ArrayList<>(heap.reclaim(share));
    all.addAll(forget(share::equals));
    all.addAll(exact.reclaim(share::equals));
    return all;
  }

  private List<PendingRequest> forget(Predicate<EpochShare> which) {
    List<PendingRequest> left = new ArrayList<>();
    attempts.keySet().stream()
        .filter(which)
        .forEach(
            key -> {
              SharedUnfinishedAttempt attempt = attempts.remove(key);
              if (attempt != null) {
                left.addAll(attempt.takeLeft());
                attempt.removeAllFrom(store);
              }
            });
    return left;
  }

  @Override
  public long bytesWriting() {
    return store.bytesWriting();
  }

  @Override
  public int size() {
    return heap.size() + sizeOfLeft(key -> true) + exact.held();
  }

  @Override
  public int size(String service, String query) {
    return heap.size(service, query) + sizeOfLeft(key -> key.belongsTo(service, query));
  }

  private int sizeOfLeft(Predicate<EpochShare> which) {
    return attempts.entrySet().stream()
            .filter(entry -> which.test(entry.getKey()))
            .mapToInt(entry -> entry.getValue().sizeOfLeft())
            .sum()
        + exact.size(which);
  }

  /** Writes no more once this has returned. */
  @Override
  public void close() {
    work.forEach(each -> each.cancel(false));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        Event.HISTORY_NOT_WRITTEN.warn(
            LOG, "the shared history was still being written after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
