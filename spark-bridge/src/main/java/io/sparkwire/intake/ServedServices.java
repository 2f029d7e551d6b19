package io.sparkwire.intake;

import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.dispatch.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.EpochKey;
import io.sparkwire.http.HttpListeners;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServiceSpec;
import io.vertx.core.json.JsonArray;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All services that one node serves: how each of them begins, gets its readers, and ends.
 *
 * <p>Thread-safe; its methods may block and are not for event loops.
 */
public final class ServedServices {

  private final Node node;
  private final Exchanges exchanges;
  private final Dispatcher dispatcher;
  private final HttpListeners listeners;
  private final EpochHistory history;
  private final Map<String, ServedService> served = new ConcurrentHashMap<>();

  ServedServices(Node node, Exchanges exchanges, Dispatcher dispatcher, EpochHistory history) {
    this.node = node;
    this.exchanges = exchanges;
    this.dispatcher = dispatcher;
    this.listeners = new HttpListeners(node, exchanges, dispatcher::to);
    this.history = history;
  }

  /**
   * Serves a service, unless it is served already.
   *
   * @param owner who may serve it again and release it
   * @throws IllegalStateException if another owner serves that name, or its port or path is taken
   */
  public synchronized ServedService serve(ServiceSpec spec, String owner) {
    ServedService known = served.get(spec.name());
    if (known == null) {
      known = open(spec, owner);
      served.put(spec.name(), known);
    }
    if (!known.owner().equals(owner)) {
      throw new IllegalStateException(
          "service '" + spec.name() + "' is already served by another query on this node");
    }
    return known;
  }

  private ServedService open(ServiceSpec spec, String owner) {
    ServedService service = new ServedService(owner, new Service(spec), this::intake);
    service.takesFrom(dispatcher.take(spec.name(), service));
    try {
      service.listensAt(listeners.open(service.service()));
      return service;
    } catch (RuntimeException e) {
      service.takesNoMore();
      throw e;
    }
  }

  private Intake intake(Service service) {
    ServiceSpec spec = service.spec();
    return new Intake(spec.name(), spec.maxInFlight(), this::afterPatience);
  }

  private void afterPatience(Runnable action) {
    node.vertx().setTimer(Intake.PATIENCE_MILLIS, id -> action.run());
  }

  /** Lets other nodes send no more requests for a service, and refuses those of clients. */
  public void stopTaking(ServedService known) {
    known.service().stopAdmitting();
    node.directory().withdraw(known.service().spec().name());
  }

  /**
   * Stops serving: refuses what comes, gives back what other nodes sent, answers 503 to all that
   * still waits, unbinds its port.
   */
  public synchronized void release(String service, String owner) {
    ServedService known = served.get(service);
    if (known == null || !known.owner().equals(owner)) {
      return;
    }
    stopTaking(known);
    served.remove(service);
    known.takesNoMore();
    dispatcher.giveBack(service);
    known.close();
    known.queries().forEach(query -> history.reclaim(service, query));
    exchanges.answerAll(
        known.service(),
        ServiceFailure.of(FailureCode.UNAVAILABLE, "service '" + service + "' has stopped")
            .toReply());
    listeners.close(known.service());
  }

  /** The service of that name, or null if this node does not serve it. */
  public ServedService find(String service) {
    return served.get(service);
  }

  /** That version of a service's pipeline, or null if this node does not serve the service. */
  public ServedVersion version(String service, int number) {
    ServedService known = served.get(service);
    return known == null ? null : known.version(number);
  }

  /** All that this node serves at the moment. */
  public Collection<ServedService> all() {
    return List.copyOf(served.values());
  }

  /**
   * Begins an attempt at one reader's share of an epoch of a service that this node serves. Once
   * the first has what a lost JVM left to it, other nodes may send requests here.
   *
   * @param version of the service's pipeline, whose requests it takes
   */
  public EpochReader reader(ServedService known, int version, EpochKey key, RetryPolicy retry) {
    ServedVersion reads = known.version(version);
    reads.readBy(key.query());
    EpochHistory.Attempt attempt = history.begin(key, retry.replay());
    if (known.beginsReading(key.epoch())) {
      ServiceSpec spec = known.service().spec();
      node.directory().offer(spec, spec.maxInFlight());
    }
    Quarantine quarantine = new Quarantine(known.service(), retry.maxAttempts());
    return new EpochReader(reads.intake(), attempt, quarantine);
  }

  /** How many requests readers of that version have pulled that nobody finished yet. */
  public int unfinished(String service, ServedVersion version) {
    return version.queries().stream().mapToInt(query -> history.size(service, query)).sum();
  }

  JsonArray status() {
    JsonArray services = new JsonArray();
    served.values().forEach(known -> services.add(known.status()));
    return services;
  }

  /**
   * A query has ended, and will not be started again from where it was: what it left unfinished is
   * for the other readers of its service, if there are any.
   */
  public void ended(String service, String query) {
    List<PendingRequest> left = history.reclaim(service, query);
    ServedService known = served.get(service);
    if (known != null) {
      Intake intake = known.current().intake();
      left.stream().filter(PendingRequest::isOpen).forEach(intake::giveBack);
    }
  }

  /** Forgets a version that has no readers any more and does not get the requests. */
  public void retire(String service, int version) {
    ServedService known = served.get(service);
    if (known != null) {
      known.version(version).queries().forEach(query -> ended(service, query));
      known.retire(version);
    }
  }
}
