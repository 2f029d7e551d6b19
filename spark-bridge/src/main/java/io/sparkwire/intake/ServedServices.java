package io.sparkwire.intake;

import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.Neighbours;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.http.HttpListeners;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.protocol.Protocols;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All services that one node serves: how each of them begins, gets its readers, and ends.
 *
 * <p>Thread-safe; its methods may block and are not for event loops.
 */
public final class ServedServices {

  private final Node node;
  private final Exchanges exchanges;
  private final Dispatcher dispatcher;
  private final Neighbours neighbours;
  private final HttpListeners listeners;
  private final NodeDuties part;
  private final Map<String, ServedService> served = new ConcurrentHashMap<>();
  private final ServedEpochs epochs;
  private final EndedOwners ended = new EndedOwners();

  public ServedServices(
      Node node,
      Exchanges exchanges,
      Dispatcher dispatcher,
      EpochHistory history,
      NodeDuties part) {
    this.node = node;
    this.part = part;
    this.exchanges = exchanges;
    this.dispatcher = dispatcher;
    this.neighbours = dispatcher.neighbours();
    this.listeners = new HttpListeners(node, exchanges, dispatcher::to, Protocols.all());
    this.epochs = new ServedEpochs(node, history, part, served::get, dispatcher);
  }

  /**
   * Serves a service, unless it is served already.
   *
   * <p>An executor serves it for the latest owner: its driver knows that the one before has ended.
   *
   * @param owner the only one that may serve it again and release it
   * @throws OwnerEndedException if the owner has released it
   * @throws IllegalStateException if another owner serves that name, or its port or path is taken
   */
  public synchronized ServedService serve(ServiceSpec spec, String owner) {
    if (ended.contains(owner)) {
      throw new OwnerEndedException(spec.name());
    }
    ServedService known = served.get(spec.name());
    if (known != null && part.isExecutor() && !known.owner().equals(owner)) {
      release(spec.name(), known.owner());
      known = null;
    }
    if (known == null) {
      known = open(spec, owner);
      served.put(spec.name(), known);
    }
    if (!known.owner().equals(owner)) {
      throw alreadyServed(spec);
    }
    return known;
  }

  /**
   * Checks that a service could be served now, which begins with the next call of {@link #serve}.
   *
   * @param owner of that name by now, whose place it may take
   * @throws IllegalStateException if another owner serves that name, or its port or path is taken
   */
  public synchronized void check(ServiceSpec spec, Predicate<String> owner) {
    ServedService known = served.get(spec.name());
    if (known == null) {
      ServedService probe = open(spec, "");
      probe.takesNoMore();
      probe.close();
      listeners.close(probe.service());
    } else if (!owner.test(known.owner())) {
      throw alreadyServed(spec);
    }
  }

  private static IllegalStateException alreadyServed(ServiceSpec spec) {
    return new IllegalStateException(
        "service '" + spec.name() + "' is already served by another query on this node");
  }

  private ServedService open(ServiceSpec spec, String owner) {
    ServedService service =
        new ServedService(owner, exchanges.service(spec), this::intake, System::nanoTime);
    if (part.computes()) {
      service.takesFrom(dispatcher.take(spec.name(), service));
    }
    try {
      if (part.listens()) {
        int ports = spec.listener().port() == 0 ? 1 : part.ports();
        service.listensAt(listeners.open(service.service(), ports));
      }
      return service;
    } catch (RuntimeException e) {
      service.takesNoMore();
      throw e;
    }
  }

  private Intake intake(Service service) {
    ServiceSpec spec = service.spec();
    return new Intake(spec.name(), spec.limits().maxInFlight(), this::afterDelay);
  }

  private void afterDelay(Runnable action) {
    node.vertx().setTimer(Intake.RELIEF_DELAY_MILLIS, id -> action.run());
  }

  /** Lets other nodes send no more requests for a service, and refuses those of clients. */
  public void stopTaking(ServedService known) {
    known.withdrawFrom(node.directory());
  }

  /** Has status and offer of a service show the schema of the version that gets the requests. */
  public void describe(ServedService known, ServiceSchema schema) {
    known.describe(schema, node.directory());
  }

  /**
   * Stops serving: refuses what comes, gives back what other nodes sent, answers 503 to all that
   * still waits, unbinds its port.
   */
  public synchronized void release(String service, String owner) {
    ServedService known = served.get(service);
    if (known != null && !known.owner().equals(owner)) {
      return;
    }
    ended.add(owner);
    if (known == null) {
      return;
    }
    stopTaking(known);
    served.remove(service);
    known.takesNoMore();
    neighbours.giveBack(service);
    known.close();
    epochs.release(known);
    exchanges.answerAll(
        known.service(),
        ServiceFailure.of(FailureCode.UNAVAILABLE, "service '" + service + "' has stopped")
            .toReply());
    listeners.close(known.service());
  }

  /** What readers of this node do in the epochs of its services. */
  public ServedEpochs epochs() {
    return epochs;
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

  /** Whether it serves something, and all of it is ready. */
  public boolean isReady() {
    return !served.isEmpty() && served.values().stream().allMatch(ServedService::isReady);
  }

  /** What there is to know of this node and of what it serves, for the cluster's status. */
  public JsonObject status() {
    JsonArray services = new JsonArray();
    served.values().forEach(known -> services.add(known.status()));
    JsonObject status =
        new JsonObject()
            .put("repliesToOthers", neighbours.repliesToOthers())
            .put("connections", listeners.status())
            .put("services", services);
    return part.isExecutor() ? status.put("driver", part.driver().text()) : status;
  }

  /**
   * Handles requests that no reader returns for, on a node among others: Spark may try a failed
   * task on another executor, or plan its next epochs without a reader here.
   *
   * <p>Runs on: event loop.
   */
  public void check() {
    epochs.check();
    served.values().stream().filter(ServedService::isForsaken).forEach(this::handOn);
  }

  private void handOn(ServedService known) {
    if (neighbours.othersRead(known.service().spec().name())) {
      if (known.readers().expectNone()) {
        known.offerIn(node.directory());
      }
      known.takeQueued().forEach(neighbours::handOn);
    }
  }

  /** Forgets a version that has no readers any more and does not get the requests. */
  public void retire(String service, int version) {
    ServedService known = served.get(service);
    if (known != null) {
      known.version(version).queries().forEach(query -> epochs.ended(service, query));
      known.retire(version);
    }
  }
}
