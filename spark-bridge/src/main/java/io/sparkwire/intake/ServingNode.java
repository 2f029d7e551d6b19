package io.sparkwire.intake;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.http.WarmUp;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.RequestId;
import io.sparkwire.protocol.ServiceReply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.security.SecureRandom;
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

  private static ServingNode current;

  private final Node node;
  private final Exchanges exchanges;
  private final Dispatcher dispatcher;
  private final EpochHistory history;
  private final ServedServices services;
  private final WarmUp warmUp;
  private final SharedHttpClient httpClient;
  private final Set<Long> tasksWithWriter = ConcurrentHashMap.newKeySet();

  ServingNode(Node node, HistoryMode mode) {
    this.node = node;
    this.exchanges = new Exchanges(node.id(), System::nanoTime);
    this.dispatcher = Dispatcher.of(node, exchanges);
    this.history = node.history(mode, dispatcher::claim);
    this.services = new ServedServices(node, exchanges, dispatcher, history);
    this.warmUp = new WarmUp(node, exchanges);
    this.httpClient = new SharedHttpClient(node.vertx());
    node.tellStatus(services::status);
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

  /** What it serves. */
  public ServedServices services() {
    return services;
  }

  /**
   * The client by which this JVM calls other services. All share its connections; who calls is to
   * bound how many calls he has in flight.
   */
  public HttpClient httpClient() {
    return httpClient.get();
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
