package io.sparkwire.cluster;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The directory of a node that is a cluster of its own.
 *
 * <p>Listeners are called on the thread that made the change. Thread-safe.
 */
final class LocalDirectory implements Directory {

  private final NodeId self;
  private final Map<String, ServiceOffer> offers = new ConcurrentSkipListMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  LocalDirectory(NodeId self) {
    this.self = self;
  }

  @Override
  public void offer(ServiceSpec spec, int capacity) {
    offers.put(spec.name(), new ServiceOffer(self, spec, capacity));
    listeners.forEach(Listener::changed);
  }

  @Override
  public void withdraw(String service) {
    if (offers.remove(service) != null) {
      listeners.forEach(Listener::changed);
    }
  }

  @Override
  public List<ServiceOffer> offers() {
    return List.copyOf(offers.values());
  }

  @Override
  public List<Member> members() {
    return List.of(new Member(self, Role.WORKER, "this JVM"));
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
