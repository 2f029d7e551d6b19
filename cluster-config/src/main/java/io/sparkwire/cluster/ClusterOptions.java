package io.sparkwire.cluster;

import static io.sparkwire.options.Options.require;

import io.sparkwire.options.Options;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a node finds the others of its cluster, and where they find it. Immutable.
 *
 * @param name nodes of another name are not let in; letters, digits, dot, dash and underscore
 * @param host the one interface on which other nodes reach this one; never all of them
 * @param port on which this node listens for members, 1 to 65,415; if it is taken, the next free
 *     one of {@value #PORTS}
 * @param join other nodes as {@code host} or {@code host:port}; those that are not there are left
 *     out
 * @param kubernetesService the DNS name of a headless Kubernetes service that lists the nodes;
 *     empty for none
 */
public record ClusterOptions(
    String name, String host, int port, List<String> join, String kubernetesService) {

  public static final String CLUSTER_NAME = "cluster-name";
  public static final String CLUSTER_HOST = "cluster-host";
  public static final String CLUSTER_PORT = "cluster-port";
  public static final String JOIN = "join";
  public static final String KUBERNETES_SERVICE = "kubernetes-service";
  public static final Set<String> KEYS =
      Set.of(CLUSTER_NAME, CLUSTER_HOST, CLUSTER_PORT, JOIN, KUBERNETES_SERVICE);

  public static final String DEFAULT_NAME = "sparkwire";
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 5701;

  /** The event bus listens so many ports above the one for members. */
  public static final int BUS_PORT_OFFSET = 100;

  /** How many ports are tried, so that several nodes may share a machine. */
  static final int PORTS = 20;

  private static final int LAST_PORT = 65_535;
  private static final int LAST_MEMBER_PORT = LAST_PORT - BUS_PORT_OFFSET - PORTS;

  public ClusterOptions {
    require(name.matches("[\\w.-]+"), CLUSTER_NAME, "letters, digits, '.', '-' and '_'", name);
    require(isOneInterface(host), CLUSTER_HOST, "one address of this machine", host);
    require(port >= 1 && port <= LAST_MEMBER_PORT, CLUSTER_PORT, "1 to " + LAST_MEMBER_PORT, port);
    join.forEach(
        member ->
            require(isMember(member), JOIN, "host or host:port, as in 10.0.0.7:5701", member));
    require(
        join.isEmpty() || kubernetesService.isEmpty(),
        KUBERNETES_SERVICE,
        "left out where 'join' is given",
        kubernetesService);
    join = List.copyOf(join);
  }

  /**
   * Reads them by their kebab-case keys.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static ClusterOptions of(Map<String, String> values) {
    Options options = new Options(values, KEYS);
    return new ClusterOptions(
        options.text(CLUSTER_NAME, DEFAULT_NAME),
        options.text(CLUSTER_HOST, DEFAULT_HOST),
        options.integer(CLUSTER_PORT, DEFAULT_PORT),
        options.list(JOIN, List.of()),
        options.text(KUBERNETES_SERVICE, ""));
  }

  private static boolean isOneInterface(String host) {
    try {
      return !host.isBlank() && !InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isMember(String member) {
    int colon = member.lastIndexOf(':');
    if (colon < 0) {
      return !member.isBlank();
    }
    String port = member.substring(colon + 1);
    return colon > 0 && port.matches("\\d{1,5}") && isPort(Integer.parseInt(port));
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= LAST_PORT;
  }
}
