package io.sparkwire.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.secret.ValueSeal;
import io.sparkwire.thread.DaemonThreads;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a cluster: a Hazelcast map, and this node's copy of it.
 *
 * <p>An event says only that something has changed. The node then reads the map again and puts its
 * own offers back if they are missing; it also does so every few seconds. So a lost event, a lost
 * map or a merged cluster leaves the copy wrong for seconds only. One thread of its own does all
 * waiting for Hazelcast. Thread-safe.
 */
final class HazelcastDirectory implements Directory, MembershipListener {

  private static final Logger LOG = LoggerFactory.getLogger(HazelcastDirectory.class);
  private static final long REFRESH_SECONDS = 3;

  /** Separates node and service in a key; neither can have it in its name. */
  private static final char OF = '/';

  private final NodeId self;
  private final HazelcastInstance hazelcast;
  private final OfferStore store;
  private final Map<String, ServiceOffer> own = new ConcurrentHashMap<>();
  private final OfferReader reader = new OfferReader(LOG);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean refreshAsked = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(
          1, DaemonThreads.named("sparkwire-directory"), new DiscardPolicy());
  private ScheduledFuture<?> refreshing;
  private volatile List<ServiceOffer> picture = List.of();

  HazelcastDirectory(NodeId self, HazelcastInstance hazelcast, ValueSeal seal) {
    this.self = self;
    this.hazelcast = hazelcast;
    this.store = new OfferStore(hazelcast, seal);
  }

  /** Begins to follow the cluster; what it holds already is known when this returns. */
  void start() {
    store.listen(this::askRefresh);
    hazelcast.getCluster().addMembershipListener(this);
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                askRefresh();
              }
            });
    refresh();
    refreshing =
        thread.scheduleWithFixedDelay(
            this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
  }

  void stop() {
    if (refreshing != null) {
      refreshing.cancel(false);
    }
    thread.shutdownNow();
  }

  @Override
  public void offer(ServiceSpec spec, int capacity) {
    own.put(spec.name(), new ServiceOffer(self, spec, capacity));
    askRefresh();
  }

  @Override
  public void withdraw(String service) {
    if (own.remove(service) != null) {
      askRefresh();
    }
  }

  @Override
  public List<ServiceOffer> offers() {
    return picture;
  }

  @Override
  public List<Member> members() {
    return hazelcast.getCluster().getMembers().stream()
        .flatMap(m -> HazelcastMember.nodeOf(m).map(node -> member(node, m)).stream())
        .toList();
  }

  private static Member member(NodeId node, com.hazelcast.cluster.Member member) {
    return new Member(
        node,
        Role.valueOf(member.getAttribute(HazelcastSettings.ROLE)),
        member.getAddress().getHost() + ':' + member.getAddress().getPort());
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    askRefresh();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    HazelcastMember.nodeOf(event.getMember()).ifPresent(lost -> thread.execute(() -> left(lost)));
  }

  private void left(NodeId lost) {
    Event.NODE_LEFT.warn(LOG, "node {} has left the cluster", lost);
    show(picture.stream().filter(offer -> !offer.node().equals(lost)).toList());
    listeners.forEach(listener -> listener.left(lost));
    askRefresh();
  }

  private void askRefresh() {
    if (refreshAsked.compareAndSet(false, true)) {
      thread.execute(this::refresh);
    }
  }

  private void refresh() {
    refreshAsked.set(false);
    try {
      Set<NodeId> there = members().stream().map(Member::node).collect(Collectors.toSet());
      Map<String, String> found = store.all();
      correctOwn(found);
      show(
          reader.read(found).stream()
              .filter(offer -> there.contains(offer.node()) && !offer.node().equals(self))
              .toList());
      removeOrphans(found.keySet(), there);
    } catch (RuntimeException e) { // the cluster is changing: the next refresh corrects it
      LOG.debug("the directory could not be read", e);
    }
  }

  private void correctOwn(Map<String, String> found) {
    own.values().stream()
        .filter(offer -> !offer.toText().equals(found.get(key(offer))))
        .forEach(offer -> store.set(key(offer), offer.toText()));
  }

  private void removeOrphans(Set<String> keys, Set<NodeId> there) {
    for (String key : keys) {
      NodeId node = new NodeId(key.substring(0, key.indexOf(OF)));
      boolean withdrawn = node.equals(self) && !own.containsKey(key.substring(key.indexOf(OF) + 1));
      if (withdrawn || !there.contains(node)) {
        store.delete(key);
      }
    }
  }

  private static String key(ServiceOffer offer) {
    return offer.node().text() + OF + offer.spec().name();
  }

  /** Shows others' offers with this node's own, which need no detour through the map. */
  private void show(Collection<ServiceOffer> others) {
    List<ServiceOffer> next =
        Stream.concat(own.values().stream(), others.stream().filter(o -> !o.node().equals(self)))
            .sorted(Comparator.comparing(HazelcastDirectory::key))
            .toList();
    if (!next.equals(picture)) {
      picture = next;
      listeners.forEach(Listener::changed);
    }
  }
}
