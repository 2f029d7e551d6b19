package io.sparkwire.cluster;

import io.sparkwire.cluster.tls.MemberTls;
import io.sparkwire.message.NodeId;
import io.sparkwire.secret.NodeCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a node that joins a cluster: its member, its event bus, and its part of what nodes
 * share. Blocks. Immutable.
 */
record NodeStart(
    NodeId id, NodeOptions options, ClusterOptions cluster, Role role, ClusterKeys keys) {

  private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
  private static final long START_TIMEOUT_SECONDS = 60;

  /** How often it tries to join, should the nodes that hold the cluster's data leave meanwhile. */
  private static final int MOST_TRIES = 5;

  /** How long the event bus tries to reach another node before it gives up a message. */
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  /** Nodes that are alive say something on each connection several times within this. */
  private static final int IDLE_SECONDS = 90;

  /**
   * @throws IllegalStateException if it cannot join; the message says why
   */
  Node join() {
    ClusterPorts ports = new ClusterPorts(cluster);
    int port = ports.firstFree(cluster.port());
    for (int tries = 1; true; tries++) {
      try {
        return joined(port);
      } catch (BusPortTakenException e) {
        LOG.info("{}; trying the next", e.getMessage());
        port = ports.firstFree(e.memberPort() + 1);
      } catch (RuntimeException e) {
        if (tries == MOST_TRIES || !HazelcastMember.isForLackOfData(e)) {
          throw e;
        }
        LOG.info("the nodes that hold the cluster's data have just left; joining again");
      }
    }
  }

  private Node joined(int firstPort) {
    GuardedMember parts = new GuardedMember(keys.certificate().map(MemberTls::new), keys.refused());
    HazelcastMember member = HazelcastMember.join(id, cluster, role, firstPort, parts);
    HazelcastMembership membership = new HazelcastMembership(id, member.hazelcast(), keys.seal());
    AcceptRules rules = new AcceptRules();
    Vertx vertx = null;
    try {
      vertx = vertx(member, rules);
      membership.start();
      return new Node(id, vertx, options, rules, membership);
    } catch (RuntimeException e) {
      if (vertx != null) {
        vertx.close().await();
      }
      membership.leave();
      throw e;
    }
  }

  private Vertx vertx(HazelcastMember member, AcceptRules rules) {
    VertxOptions vertx = Node.vertxOptions(options);
    String host = HazelcastSettings.addressOf(cluster.host());
    int port = member.port() + ClusterOptions.BUS_PORT_OFFSET;
    EventBusOptions bus =
        vertx
            .getEventBusOptions()
            .setHost(host)
            .setPort(port)
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setReadIdleTimeout(IDLE_SECONDS);
    keys.certificate().ifPresent(certificate -> secure(bus, certificate));
    rules.put(host, port, busRule());
    try {
      return Node.builder(vertx, rules)
          .withClusterManager(member)
          .buildClustered()
          .await(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .exceptionHandler(new UnhandledFailures());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the event bus did not start within " + START_TIMEOUT_SECONDS + " s", e);
    } catch (Exception e) { // await() throws what the future failed with, checked or not
      if (e instanceof IOException) {
        throw new BusPortTakenException(member.port(), e);
      }
      throw e;
    }
  }

  private AcceptRule busRule() {
    BusConnections connections = new BusConnections();
    return keys.certificate().isPresent()
        ? new TlsBusConnections(connections, keys.refused())
        : connections;
  }

  /** Both sides of a connection of the event bus show certificates that the other one trusts. */
  private static void secure(EventBusOptions bus, NodeCertificate certificate) {
    bus.setSsl(true)
        .setKeyCertOptions(certificate.keys())
        .setTrustOptions(new PemTrustOptions().addCertValue(certificate.trust()))
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(Set.of(MemberTls.PROTOCOL))
        .setSslEngineOptions(new JdkSSLEngineOptions().setUseWorkerThread(true));
  }
}
