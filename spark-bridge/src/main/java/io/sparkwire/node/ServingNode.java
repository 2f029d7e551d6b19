package io.sparkwire.node;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.admin.AdminRoute;
import io.sparkwire.admin.AdminServer;
import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.console.OperatorRoutes;
import io.sparkwire.control.ServiceControl;
import io.sparkwire.control.ServiceControls;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.http.WarmUp;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.intake.RunningTasks;
import io.sparkwire.intake.ServedServices;
import io.sparkwire.intake.SparseLog;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.metrics.StatusMetrics;
import io.sparkwire.observers.NodeObservers;
import io.sparkwire.python.PythonPools;
import io.sparkwire.tls.TlsOptions;
import io.sparkwire.tracing.CallTrace;
import io.sparkwire.tracing.CallTracer;
import io.sparkwire.tracing.Tracing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * The node of a Spark JVM: what it serves, and the way there for readers and writers.
 *
 * <p>Spark makes readers and writers by deserialisation, so they have no other way to find it than
 * a static one: {@link #current}. This is the only static state of Sparkwire. Thread-safe; its
 * methods may block and are not for event loops.
 */
public final class ServingNode {

  private static final long CHECK_INTERVAL_MILLIS = 500;

  private static ServingNode current;

  private final Node node;
  private final NodeDuties part;
  private final NodeObservers observers;
  private final Exchanges exchanges;
  private final Dispatcher dispatcher;
  private final EpochHistory history;
  private final ServedServices services;
  private final ServiceControls controls;
  private final WarmUp warmUp;
  private final SharedHttpClient httpClient;
  private final RunningTasks tasks = new RunningTasks();
  private final PythonPools python = new PythonPools();

  public ServingNode(Node node, HistoryMode mode, NodeDuties part) {
    this.node = node;
    this.part = part;
    this.observers = NodeObservers.start(node);
    this.exchanges = new Exchanges(node.id(), System::nanoTime, observers);
    this.dispatcher = Dispatcher.of(node, exchanges);
    this.history = node.history(mode, dispatcher.neighbours());
    this.services = new ServedServices(node, exchanges, dispatcher, history, part);
    this.warmUp = new WarmUp(node, exchanges);
    this.controls = ServiceControls.start(node, services, warmUp, part);
    this.httpClient = new SharedHttpClient(node.vertx());
    node.publishStatus(services::status);
    observers.metrics().ifPresent(this::addTo);
    if (node.vertx().isClustered()) {
      node.vertx().setPeriodic(CHECK_INTERVAL_MILLIS, timer -> services.check());
    }
  }

  private void addTo(NodeMetrics metrics) {
    metrics.add(new StatusMetrics(services::status));
    metrics.add(new HistoryMetrics(history));
  }

  /** The node of this JVM, started when first asked for. It lives as long as the JVM. */
  public static synchronized ServingNode current() {
    return current == null
        ? alone(NodeOptions.forCores(Runtime.getRuntime().availableProcessors()))
        : current;
  }

  /**
   * Makes this JVM a node by itself, unless it has one that serves already.
   *
   * @return the node of this JVM
   */
  public static synchronized ServingNode alone(NodeOptions options) {
    if (current == null || (current.isIdle() && !current.node.options().equals(options))) {
      Node alone = Node.embedded(NodeId.random(new SecureRandom()), options);
      current = new ServingNode(alone, HistoryMode.LOCAL, NodeDuties.WHOLE);
    }
    return current;
  }

  /** The node of this JVM, if it has one yet. */
  public static synchronized Optional<ServingNode> running() {
    return Optional.ofNullable(current);
  }

  /**
   * Makes this the node of this JVM. A node that only called other services so far is replaced, and
   * continues its calls.
   *
   * @param mode how far the history of its readers reaches
   * @throws IllegalStateException if the JVM has one already that serves
   */
  public static synchronized ServingNode start(Node node, HistoryMode mode, NodeDuties part) {
    if (current != null && !current.isIdle()) {
      throw new IllegalStateException("this JVM is node " + current.id() + " already");
    }
    current = new ServingNode(node, mode, part);
    return current;
  }

  /** Starts the admin server. */
  public AdminServer administrate(AdminOptions options) {
    return administrate(options, List.of());
  }

  /**
   * The same.
   *
   * @param further what the program has for operators
   */
  public AdminServer administrate(AdminOptions options, List<AdminRoute> further) {
    NodeRequests requests = new NodeRequests(exchanges, dispatcher);
    List<AdminRoute> routes = OperatorRoutes.of(node, observers, requests, further);
    return AdminServer.start(node, options, this::isReady, routes);
  }

  /** Whether it takes requests for all that it serves, and there are readers to answer them. */
  public boolean isReady() {
    boolean serves = part.listens() || part.computes();
    return serves ? services.isReady() : node.vertx().isClustered();
  }

  /** What all nodes of its cluster say of themselves, as JSON. Blocks. */
  public JsonObject status() {
    return ClusterStatus.of(node).await();
  }

  /** How its listeners speak TLS; empty for clear text. */
  public Optional<TlsOptions> tls() {
    return node.options().tls();
  }

  /** The same of the node of this JVM, if it has one yet. */
  public static Optional<TlsOptions> currentTls() {
    return running().flatMap(ServingNode::tls);
  }

  /** The scheme of its URLs. */
  public String scheme() {
    return node.options().scheme();
  }

  private boolean isIdle() {
    return part.equals(NodeDuties.WHOLE) && !node.vertx().isClustered() && services.all().isEmpty();
  }

  /** A log of warnings that may occur by the thousand. */
  public SparseLog sparseLog(Logger log) {
    return SparseLog.of(
        log, (millis, action) -> node.vertx().setTimer(millis, timer -> action.run()));
  }

  public NodeId id() {
    return node.id();
  }

  public Vertx vertx() {
    return node.vertx();
  }

  /** What it serves. */
  public ServedServices services() {
    return services;
  }

  /** How many readers are open, of all services that it or its executors serve. */
  public int openReaders() {
    return controls.openReaders();
  }

  /** Whether its services are computed by executors that obey its commands. */
  public boolean isDriver() {
    return !part.computes();
  }

  /** The driver whose commands it obeys; null if it has none. */
  public NodeId driver() {
    return part.driver();
  }

  /** Host and port on which other nodes reach it. */
  public String address() {
    return node.address();
  }

  /** What follows a service on this node, which may compute it or not. */
  public ServiceObserver observer(ServiceSpec service) {
    return observers.of(service);
  }

  /** What follows the requests of this node. */
  public NodeObservers observers() {
    return observers;
  }

  /** How the queries behind a service steer it, wherever their readers run. */
  public ServiceControl control(String service) {
    return controls.of(service);
  }

  /**
   * The client by which this JVM calls other services. All share its connections; callers limit
   * their own calls in flight.
   */
  public HttpClient httpClient() {
    return httpClient.get();
  }

  /** Gives numbers that no node of its cluster gets twice, each greater than the one before. */
  public LongSupplier ids() {
    return node.ids();
  }

  /** What readers and writers of this JVM's tasks know of each other. */
  public RunningTasks tasks() {
    return tasks;
  }

  /** The Python workers of this JVM. */
  public PythonPools python() {
    return python;
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

  /**
   * Answers a row of a request, wherever its exchange is held.
   *
   * @return false if it is known to have its answer already
   */
  public boolean answer(RowId row, ServiceReply reply) {
    return dispatcher.answer(row, reply);
  }

  /** The trace of a request that this node holds or computes, for calls that are made for it. */
  public CallTrace trace(RequestId id) {
    ServiceRequest request = dispatcher.find(id);
    CallTracer tracer = observers.tracing().map(Tracing::calls).orElse(CallTracer.PASSING);
    return request == null ? CallTrace.NONE : tracer.of(request.headers());
  }

  /** Gives back what other nodes sent, and leaves the cluster. Nothing may be served any more. */
  public void leave() {
    synchronized (ServingNode.class) {
      current = current == this ? null : current;
    }
    controls.close();
    python.close();
    node.stop().await();
    observers.close();
  }

  /** How many exchanges are open. */
  public int openExchanges() {
    return exchanges.size();
  }
}
