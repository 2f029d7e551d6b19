package io.sparkwire.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.internal.server.ServerConnection;
import io.sparkwire.TestPorts;
import io.sparkwire.message.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Nodes of one cluster in one JVM, under a name that no other test has. */
public final class TestCluster implements AutoCloseable {

  private final TestPorts ports = TestPorts.take();
  private final String name = "test-" + UUID.randomUUID();
  private final Deque<Node> nodes = new ArrayDeque<>();
  private final ClusterAccess access;

  /** One that every program may join that knows its name. */
  public TestCluster() {
    this(ClusterAccess.OPEN);
  }

  public TestCluster(ClusterAccess access) {
    this.access = access;
  }

  /** Starts a node with a secret of its own, or none, which writes its log elsewhere. */
  Node start(String id, ClusterAccess own, Logger log) {
    NodeId node = new NodeId(id);
    return started(
        new NodeStart(
                node,
                new NodeOptions(1),
                options().with(own),
                Role.WORKER,
                ClusterKeys.of(own, node, log))
            .join());
  }

  /** Starts a node with an event loop that joins the others. */
  public Node start(String id, Role role) {
    return start(id, role, options());
  }

  /** Starts a worker that listens at a place, and joins those that it is given. */
  Node startAt(int place, List<String> join) {
    int port = ports.first() + place;
    return start("n" + place, Role.WORKER, new ClusterOptions(name, "127.0.0.1", port, join, ""));
  }

  private Node start(String id, Role role, ClusterOptions options) {
    return started(Node.clustered(new NodeId(id), new NodeOptions(1), options, role));
  }

  private Node started(Node node) {
    nodes.push(node);
    return node;
  }

  /** Those of each of its nodes. */
  public ClusterOptions options() {
    List<String> all =
        IntStream.range(0, ClusterOptions.PORTS)
            .mapToObj(i -> "127.0.0.1:" + (ports.first() + i))
            .toList();
    return new ClusterOptions(name, "127.0.0.1", ports.first(), all, "", access);
  }

  public void stop(Node node) {
    nodes.remove(node);
    node.stop().await();
  }

  /** The open connections of one node to others, and of strangers to it. */
  Stream<ServerConnection> connections(Node node) {
    return member(node).getServer().getConnections().stream();
  }

  /** The places of those that a node looks for though it was given no address of theirs. */
  List<Integer> remembered(Node node) {
    TcpIpJoiner joiner = (TcpIpJoiner) member(node).getJoiner();
    return joiner.getKnownMemberAddresses().keySet().stream()
        .map(address -> address.getPort() - ports.first())
        .toList();
  }

  private com.hazelcast.instance.impl.Node member(Node node) {
    HazelcastInstance member =
        HazelcastInstanceFactory.getHazelcastInstance(name + '-' + node.id().text());
    return ((HazelcastInstanceProxy) member).getOriginal().node;
  }

  /** The nodes that leave from now on, as one node sees it. */
  static List<NodeId> leavers(Node node) {
    List<NodeId> left = new CopyOnWriteArrayList<>();
    node.directory()
        .listen(
            new Directory.Listener() {
              @Override
              public void changed() {}

              @Override
              public void left(NodeId node) {
                left.add(node);
              }
            });
    return left;
  }

  @Override
  public void close() {
    while (!nodes.isEmpty()) {
      nodes.pop().stop().await();
    }
    ports.close();
  }
}
