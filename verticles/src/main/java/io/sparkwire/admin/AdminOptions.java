package io.sparkwire.admin;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import io.sparkwire.tls.ClientCertificates;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Address of the admin server of a node. Immutable.
 *
 * @param host the interface to listen on
 * @param port 0 for any free one; if it is taken, the next free one of {@value #PORTS}
 * @param tls whether it speaks TLS; where the node has no certificate, it does not
 * @param clients whether it asks for certificates, with TLS
 */
public record AdminOptions(String host, int port, boolean tls, ClientCertificates clients) {

  /** How many ports are tried, so that several nodes may share a machine. */
  static final int PORTS = 20;

  public static final ConfigOption<Integer> ADMIN_PORT =
      ConfigOption.computed(
          "admin-port",
          OptionType.numbers(0, 65_535),
          "none",
          "Port for health, status and metrics, or the next free one after it");

  public static final ConfigOption<String> ADMIN_HOST =
      ConfigOption.of(
          "admin-host",
          OptionType.texts("ADDRESS", host -> true, "an address of this machine"),
          "127.0.0.1",
          "Interface for that");

  public static final ConfigOption<Boolean> ADMIN_TLS =
      ConfigOption.of(
          "admin-tls", OptionType.onOrOff(), "on", "TLS for that, where services have it");

  public static final ConfigOption<ClientCertificates> ADMIN_CLIENT_AUTH =
      ConfigOption.of(
          "admin-client-auth",
          OptionType.choice(List.of(ClientCertificates.OFF, ClientCertificates.REQUIRED)),
          "off",
          "Whether its clients show a certificate that --tls-trust has signed");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(ADMIN_PORT, ADMIN_HOST, ADMIN_TLS, ADMIN_CLIENT_AUTH);

  public AdminOptions {
    ADMIN_PORT.check(port);
    if (clients != ClientCertificates.OFF && !tls) {
      throw new IllegalArgumentException(
          "option 'admin-client-auth' must be off where 'admin-tls' is off");
    }
  }

  /** With TLS where services have it, for all clients. */
  public AdminOptions(String host, int port) {
    this(host, port, ADMIN_TLS.defaultValue(), ADMIN_CLIENT_AUTH.defaultValue());
  }

  /**
   * Checks that it can do what it is asked to on such a node, and that no other machine reaches it
   * without showing who asks.
   *
   * @throws IllegalArgumentException if not; says which option is missing
   */
  public void checkSuits(NodeOptions node) {
    boolean trusts = node.tls().filter(tls -> !tls.files().trust().isEmpty()).isPresent();
    if (clients != ClientCertificates.OFF && !trusts) {
      throw new IllegalArgumentException("option 'admin-client-auth' needs the option 'tls-trust'");
    }
    boolean asks = node.auth().isPresent() || clients == ClientCertificates.REQUIRED;
    if (!asks && !isLoopback()) {
      throw new IllegalArgumentException(
          "option 'admin-host' must be a loopback address such as 127.0.0.1, got '"
              + host
              + "'; any other one needs the option 'auth-file', 'auth-jwks' or"
              + " 'admin-client-auth=required'");
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Reads them by their kebab-case keys; empty if no port is given: then there is no admin server.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static Optional<AdminOptions> of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return options
        .text(ADMIN_PORT)
        .map(
            port ->
                new AdminOptions(
                    ADMIN_HOST.from(options),
                    ADMIN_PORT.read(port),
                    ADMIN_TLS.from(options),
                    ADMIN_CLIENT_AUTH.from(options)));
  }
}
