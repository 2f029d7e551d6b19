package io.sparkwire.intake;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.dispatch.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.EpochKey;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.http.HttpListeners;
import io.sparkwire.http.WarmUp;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.RequestId;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceSpec;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The node of a Spark JVM: what it serves, and the way there for readers and writers.
 *
 * <p>Spark makes readers and writers by deserialisation, so they have no other way to find it than
 * a static one: {@link #current}. This is the only static state of Sparkwire. Thread-safe; its
 * methods may block and are not for event loops.
 */
public final class ServingNode {

  private static final int MAX_CONNECTIONS_PER_SERVICE = 4096;
  private static final int IDLE_CONNECTION_SECONDS = 15;

  private static ServingNode current;

  private final Node node;
  private final Exchanges exchanges;
  private final Dispatcher dispatcher;
  private final HttpListeners listeners;
  private final EpochHistory history;
  private final Map<String, ServedService> served = new ConcurrentHashMap<>();
  private final Map<String, MessageConsumer<?>> consumers = new HashMap<>();
  private final WarmUp warmUp;
  private final Set<Long> tasksWithWriter = ConcurrentHashMap.newKeySet();
  private HttpClient httpClient;

  ServingNode(Node node, HistoryMode mode) {
    this.node = node;
    this.exchanges = new Exchanges(node.id(), System::nanoTime);
    this.dispatcher = Dispatcher.of(node, exchanges);
    this.listeners = new HttpListeners(node, exchanges, dispatcher::to);
    this.warmUp = new WarmUp(node, exchanges);
    this.history = node.history(mode, dispatcher::claim);
    node.tellStatus(this::status);
  }

  /** The node of this JVM, started when first asked for. It lives as long as the JVM. */
  public static synchronized ServingNode current() {
    if (current == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      NodeId id = NodeId.random(new SecureRandom());
      current = new ServingNode(Node.embedded(id, NodeOptions.forCores(cores)), HistoryMode.LOCAL);
    }
    return current;
  }

  /**
   * Makes this the node of this JVM.
   *
   * @param mode how far the memory of its readers reaches
   * @throws IllegalStateException if the JVM has one already
   */
  public static synchronized ServingNode start(Node node, HistoryMode mode) {
    if (current != null) {
      throw new IllegalStateException("this JVM is node " + current.id() + " already");
    }
    current = new ServingNode(node, mode);
    return current;
  }

  public NodeId id() {
    return node.id();
  }

  public Vertx vertx() {
    return node.vertx();
  }

  /**
   * The client by which this JVM calls other services, made when first asked for. All share its
   * connections; who calls is to bound how many calls he has in flight.
   */
  public synchronized HttpClient httpClient() {
    if (httpClient == null) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setDecompressionSupported(true)
              .setKeepAliveTimeout(IDLE_CONNECTION_SECONDS);
      PoolOptions pool = new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_SERVICE);
      httpClient = node.vertx().createHttpClient(options, pool);
    }
    return httpClient;
  }

  /**
   * Serves a service, unless it does already.
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
    consumers.put(spec.name(), dispatcher.take(spec.name(), service));
    try {
      service.listensAt(listeners.open(service.service()));
      return service;
    } catch (RuntimeException e) {
      consumers.remove(spec.name()).unregister();
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
    consumers.remove(service).unregister();
    dispatcher.giveBack(service);
    known.close();
    known.queries().forEach(query -> history.reclaim(service, query));
    exchanges.answerAll(
        known.service(),
        ServiceFailure.of(FailureCode.UNAVAILABLE, "service '" + service + "' has stopped")
            .toReply());
    listeners.close(known.service());
  }

  private JsonArray status() {
    JsonArray services = new JsonArray();
    served.values().forEach(known -> services.add(known.status()));
    return services;
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
  public Collection<ServedService> served() {
    return List.copyOf(served.values());
  }

  /**
   * Begins an attempt at one reader's share of an epoch of a service that this node serves. Once
   * the first has what a lost JVM left to it, other nodes may send requests here.
   *
   * @param version of the service's pipeline, whose requests it takes
   */
  public EpochReader reader(ServedService served, int version, EpochKey key, RetryPolicy retry) {
    ServedVersion reads = served.version(version);
    reads.readBy(key.query());
    EpochHistory.Attempt attempt = history.begin(key, retry.replay());
    if (served.beginsReading(key.epoch())) {
      ServiceSpec spec = served.service().spec();
      node.directory().offer(spec, spec.maxInFlight());
    }
    Quarantine quarantine = new Quarantine(served.service(), retry.maxAttempts());
    return new EpochReader(reads.intake(), attempt, quarantine);
  }

  /** How many requests readers of that version have pulled that nobody finished yet. */
  public int unfinished(String service, ServedVersion version) {
    return version.queries().stream().mapToInt(query -> history.size(service, query)).sum();
  }

  /** Notes that a task of this JVM replies to what it reads itself. */
  public void writerOpened(long taskAttempt) {
    tasksWithWriter.add(taskAttempt);
  }

  public void writerClosed(long taskAttempt) {
    tasksWithWriter.remove(taskAttempt);
  }

  /** Whether replies leave in that very task. */
  public boolean hasWriter(long taskAttempt) {
    return tasksWithWriter.contains(taskAttempt);
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

  /** What makes a service's first requests quick. */
  public WarmUp warmUp() {
    return warmUp;
  }

  public EpochHistory history() {
    return history;
  }

  /**
   * Answers a request, wherever its exchange is held.
   *
   * @return false if it is known to have ended before
   */
  public boolean answer(RequestId id, ServiceReply reply) {
    return dispatcher.answer(id, reply);
  }

  /** Gives back what other nodes sent, and leaves the cluster. Nothing may be served any more. */
  public void leave() {
    node.stop().await();
  }

  /** How many exchanges are open. */
  public int openExchanges() {
    return exchanges.size();
  }
}
