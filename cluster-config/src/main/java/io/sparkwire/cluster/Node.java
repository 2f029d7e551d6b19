package io.sparkwire.cluster;

import io.sparkwire.auth.Auth;
import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.replystore.ReplyStore;
import io.sparkwire.thread.DaemonThreads;
import io.sparkwire.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One member of the serving cluster: one Vert.x instance, its name, and what it knows of the
 * others.
 *
 * <p>Its threads are daemons, so a program that forgets to stop it can still end. Thread-safe.
 */
public final class Node {

  private static final String LOOPBACK = "127.0.0.1";

  private final NodeId id;
  private final Vertx vertx;
  private final NodeOptions options;
  private final AcceptRules rules;
  private final Membership membership;
  private Tls tls;
  private Auth auth;

  Node(NodeId id, Vertx vertx, NodeOptions options, AcceptRules rules, Membership membership) {
    this.id = id;
    this.vertx = vertx;
    this.options = options;
    this.rules = rules;
    this.membership = membership;
  }

  /** Starts a node that is a cluster of its own. */
  public static Node embedded(NodeId id, NodeOptions options) {
    AcceptRules rules = new AcceptRules();
    Vertx vertx = builder(vertxOptions(options), rules).build();
    return new Node(id, vertx, options, rules, LocalMembership.of(id));
  }

  /**
   * Starts a node that joins others, or begins a cluster for others to join. Blocks until it is a
   * member.
   *
   * @throws IllegalStateException if it cannot join: no free ports, nodes of another version, or a
   *     secret that is of no use
   */
  public static Node clustered(NodeId id, NodeOptions options, ClusterOptions cluster, Role role) {
    return new NodeStart(id, options, cluster, role, ClusterKeys.of(cluster.access(), id)).join();
  }

  static VertxOptions vertxOptions(NodeOptions options) {
    return new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(options.eventLoops());
  }

  static VertxBuilder builder(VertxOptions options, AcceptRules rules) {
    return Vertx.builder().with(options).withTransport(ListenerTransport.of(rules));
  }

  /**
   * Has a listener follow a rule, from when it binds.
   *
   * @param host and {@code port}: what the listener is going to ask Vert.x for
   */
  public void setRule(String host, int port, AcceptRule rule) {
    rules.put(host, port, rule);
  }

  /** Forgets the rule of a listener that has closed, or could not bind. */
  public void removeRule(String host, int port) {
    rules.remove(host, port);
  }

  /**
   * Answers requests of other nodes for this node's status.
   *
   * @param status returns {@code services} and further members of the status; called on an event
   *     loop; must not block
   */
  public void publishStatus(Supplier<JsonObject> status) {
    vertx.eventBus().consumer(Addresses.status(id), question -> question.reply(status.get()));
  }

  public NodeId id() {
    return id;
  }

  public Vertx vertx() {
    return vertx;
  }

  public NodeOptions options() {
    return options;
  }

  /**
   * TLS of its listeners; empty if they speak clear text. Its files are read when the first
   * listener asks, because a node without listeners may not have them.
   *
   * @throws IllegalStateException if they are of no use
   */
  public synchronized Optional<Tls> tls() {
    if (tls == null && options.tls().isPresent()) {
      tls = Tls.start(vertx, options.tls().get());
    }
    return Optional.ofNullable(tls);
  }

  /**
   * What it knows of its clients; empty if it serves all. Files and keys are read when the first
   * listener asks. Blocks until they are.
   *
   * @throws IllegalStateException if they are of no use
   */
  public synchronized Optional<Auth> auth() {
    if (auth == null && options.auth().isPresent()) {
      auth = Auth.start(vertx, options.auth().get());
    }
    return Optional.ofNullable(auth);
  }

  /** Host and port on which it is a member; what a node without others says of itself. */
  public String address() {
    return directory().members().stream()
        .filter(member -> member.node().equals(id))
        .map(Member::address)
        .findFirst()
        .orElseThrow();
  }

  /** The host by which others reach this node. */
  public String host() {
    String address = address();
    int colon = address.lastIndexOf(':');
    return colon < 0 ? LOOPBACK : address.substring(0, colon);
  }

  public Directory directory() {
    return membership.directory();
  }

  /**
   * A new history for this node's readers; in a cluster one that other nodes share, unless {@code
   * mode} says otherwise.
   */
  public EpochHistory history(HistoryMode mode, Claims claims) {
    return membership.history(mode, claims);
  }

  /** The replies that outlive their connections; in a cluster, all nodes have the same. */
  public ReplyStore keptReplies() {
    return membership.keptReplies();
  }

  /**
   * Gives numbers that no node of its cluster gets twice, each greater than the one before. Blocks
   * only if a node needs more than 64,000 of them a second.
   */
  public LongSupplier ids() {
    return membership.ids();
  }

  /** Closes all that runs on it, and then leaves the cluster. */
  public Future<Void> stop() {
    return vertx.close().eventually(() -> Future.future(this::leave));
  }

  /** On a thread of its own: event loops must not wait, and Vert.x's other threads have ended. */
  private void leave(Promise<Void> left) {
    DaemonThreads.start(
        "sparkwire-leave",
        () -> {
          membership.leave();
          left.complete();
        });
  }
}
