package io.sparkwire.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import io.sparkwire.history.HazelcastEpochHistory;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.sparkwire.replystore.HazelcastReplyStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hazelcast's configuration as Sparkwire needs it: closed to all but members, and quick to notice
 * lost ones.
 *
 * <p>Stateless.
 */
final class HazelcastSettings {

  /** The attributes that identify a member; the name of the first is Vert.x's. */
  static final String NODE = "__vertx.nodeId";

  static final String ROLE = "sparkwire.role";
  static final String PROTOCOL = "sparkwire.protocol";

  /** Heartbeats are checked every second, so a machine that is cut off is given up within five. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "4"),
          Map.entry("hazelcast.master.confirmation.interval.seconds", "1"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "10"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"), // requests are drained before
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.partition.chunked.max.migrating.data.in.mb", "64"),
          Map.entry("hazelcast.logging.type", "slf4j"));

  /** What comes serialised by Java may be of these alone. */
  private static final String[] TRUSTED = {
    "java.lang.", "java.util.", "java.io.", "com.hazelcast."
  };

  /**
   * Without it, the other side of a connection learns at once that it was closed. With Hazelcast's
   * default of 0 it learns that only when the selector wakes, after up to 5 seconds; until then a
   * node that joins again sends what is lost, and then waits for 10 seconds for an answer.
   */
  private static final int WITHOUT_LINGER = -1;

  /** How many ports of a member are tried that is named without one. */
  private static final int PORTS_TO_JOIN = 3;

  private HazelcastSettings() {}

  static Config of(NodeId id, ClusterOptions options, Role role) {
    Config config = new Config();
    config.setClassLoader(HazelcastSettings.class.getClassLoader());
    config.setClusterName(options.name());
    config.setInstanceName(options.name() + '-' + id);
    config.setLiteMember(role.isLite());
    config
        .getMemberAttributeConfig()
        .setAttribute(NODE, id.text())
        .setAttribute(ROLE, role.name())
        .setAttribute(PROTOCOL, Integer.toString(Protocol.VERSION));
    PROPERTIES.forEach(config::setProperty);
    config.getSerializationConfig().setJavaSerializationFilterConfig(trustedClasses());
    HazelcastReplyStore.configure(config);
    HazelcastEpochHistory.configure(config);
    config.setAdvancedNetworkConfig(network(options));
    return config;
  }

  private static JavaSerializationFilterConfig trustedClasses() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter.setWhitelist(new ClassFilter().addPrefixes(TRUSTED).addPrefixes("["));
    return filter;
  }

  /** Has a member listen on a port, or if that is taken on the next one that is not. */
  static void listenFrom(int port, Config config, ClusterOptions options) {
    ServerSocketEndpointConfig members =
        (ServerSocketEndpointConfig)
            config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER);
    members.setPort(port).setPortCount(new ClusterPorts(options).end() - port);
  }

  /** One endpoint, for members: no clients, no REST, no memcache, no WAN. */
  private static AdvancedNetworkConfig network(ClusterOptions options) {
    ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
    members.setPort(options.port()).setPortAutoIncrement(true).setPortCount(ClusterOptions.PORTS);
    members.setSocketLingerSeconds(WITHOUT_LINGER);
    members.getInterfaces().setEnabled(true).addInterface(addressOf(options.host()));
    AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
    network.setMemberEndpointConfig(members);
    network.setJoin(join(options));
    return network;
  }

  private static JoinConfig join(ClusterOptions options) {
    JoinConfig join = new JoinConfig();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (options.kubernetesService().isEmpty()) {
      join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
      options.join().stream()
          .flatMap(member -> withPort(member, options.port()))
          .forEach(join.getTcpIpConfig()::addMember);
    } else {
      join.getKubernetesConfig()
          .setEnabled(true)
          .setProperty("service-dns", options.kubernetesService());
    }
    return join;
  }

  /** A member with its port; without one, it may be at the first few. */
  private static Stream<String> withPort(String member, int port) {
    return member.indexOf(':') >= 0
        ? Stream.of(member)
        : IntStream.range(port, port + PORTS_TO_JOIN).mapToObj(each -> member + ':' + each);
  }

  static String addressOf(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("option 'cluster-host' has no address: " + host, e);
    }
  }
}
