package io.sparkwire.cluster;

import io.sparkwire.protocol.NodeId;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Nodes of one cluster in one JVM, under a name that no other test has. */
public final class TestCluster implements AutoCloseable {

  /** Below those that the kernel gives to connections, and those that other tests take. */
  private static final int FIRST_PORT = 6_000;

  private static final int LAST_PORT = 9_800;

  /** The first of its ports, none of which anybody had when it was made. */
  private final int firstPort =
      ThreadLocalRandom.current()
          .ints(FIRST_PORT, LAST_PORT)
          .filter(TestCluster::areFree)
          .findFirst()
          .getAsInt();

  private final String name = "test-" + UUID.randomUUID();
  private final Deque<Node> nodes = new ArrayDeque<>();

  /** Starts a node with an event loop that joins the others. */
  public Node start(String id, Role role) {
    Node node = Node.clustered(new NodeId(id), new NodeOptions(1), options(), role);
    nodes.push(node);
    return node;
  }

  ClusterOptions options() {
    List<String> all =
        IntStream.range(0, ClusterOptions.PORTS)
            .mapToObj(i -> "127.0.0.1:" + (firstPort + i))
            .toList();
    return new ClusterOptions(name, "127.0.0.1", firstPort, all, "");
  }

  private static boolean areFree(int first) {
    return IntStream.range(first, first + ClusterOptions.PORTS)
        .allMatch(port -> isFree(port) && isFree(port + ClusterOptions.BUS_PORT_OFFSET));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  public void stop(Node node) {
    nodes.remove(node);
    node.stop().await();
  }

  /** Those who leave from now on, as one node is told of them. */
  static List<NodeId> leavers(Node told) {
    List<NodeId> left = new CopyOnWriteArrayList<>();
    told.directory()
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
  }
}
