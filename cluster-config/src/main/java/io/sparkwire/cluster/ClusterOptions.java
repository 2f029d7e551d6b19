package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
 * @param access which programs may join, and read what nodes tell each other
 */
public record ClusterOptions(
    String name,
    String host,
    int port,
    List<String> join,
    String kubernetesService,
    ClusterAccess access) {

  /** The event bus listens so many ports above the one for members. */
  public static final int BUS_PORT_OFFSET = 100;

  /** How many ports are tried, so that several nodes may share a machine. */
  static final int PORTS = 20;

  private static final int LAST_PORT = 65_535;
  private static final int LAST_MEMBER_PORT = LAST_PORT - BUS_PORT_OFFSET - PORTS;

  public static final ConfigOption<String> CLUSTER_NAME =
      ConfigOption.of(
          "cluster-name",
          OptionType.texts(
              "NAME", name -> name.matches("[\\w.-]+"), "letters, digits, '.', '-' and '_'"),
          "sparkwire",
          "Name of the cluster; others are not let in");

  public static final ConfigOption<String> CLUSTER_HOST =
      ConfigOption.of(
          "cluster-host",
          OptionType.texts(
              "ADDRESS", ClusterOptions::isOneInterface, "one address of this machine"),
          "127.0.0.1",
          "The one interface on which other nodes reach this one");

  public static final ConfigOption<Integer> CLUSTER_PORT =
      ConfigOption.of(
          "cluster-port",
          OptionType.numbers(1, LAST_MEMBER_PORT),
          "5701",
          "Port for other nodes, or the next free one after it");

  public static final ConfigOption<List<String>> JOIN =
      ConfigOption.computed(
          "join",
          OptionType.lists("HOST:PORT", "host or host:port, as in 10.0.0.7:5701"),
          "none",
          "Other nodes of the cluster; some of them may not be there yet");

  public static final ConfigOption<String> KUBERNETES_SERVICE =
      ConfigOption.computed(
          "kubernetes-service",
          OptionType.texts("DNS-NAME", service -> true, "a DNS name"),
          "none",
          "Headless Kubernetes service that lists the nodes, instead of --join");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      Stream.of(
              List.of(CLUSTER_NAME, CLUSTER_HOST, CLUSTER_PORT, JOIN, KUBERNETES_SERVICE),
              ClusterAccess.ALL)
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

  public ClusterOptions {
    CLUSTER_NAME.check(name);
    CLUSTER_HOST.check(host);
    CLUSTER_PORT.check(port);
    join.forEach(member -> JOIN.require(isMember(member), member));
    Options.require(
        join.isEmpty() || kubernetesService.isEmpty(),
        KUBERNETES_SERVICE.name(),
        "left out where 'join' is given",
        kubernetesService);
    join = List.copyOf(join);
  }

  /** Of a cluster that every program may join that knows its name. */
  public ClusterOptions(
      String name, String host, int port, List<String> join, String kubernetesService) {
    this(name, host, port, join, kubernetesService, ClusterAccess.OPEN);
  }

  /** The same cluster with other rules on who may join. */
  public ClusterOptions with(ClusterAccess other) {
    return new ClusterOptions(name, host, port, join, kubernetesService, other);
  }

  /**
   * Reads them by their kebab-case keys.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static ClusterOptions of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return new ClusterOptions(
        CLUSTER_NAME.from(options),
        CLUSTER_HOST.from(options),
        CLUSTER_PORT.from(options),
        JOIN.from(options, List.of()),
        KUBERNETES_SERVICE.from(options, ""),
        ClusterAccess.by(options.only(ClusterAccess.ALL)));
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
