package io.sparkwire.app;

import io.sparkwire.admin.AdminOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The arguments for the address of the admin server. */
final class AdminArguments {

  @Option(
      names = "--" + AdminOptions.ADMIN_PORT,
      paramLabel = "N",
      description =
          "Port for /health/live, /health/ready and /status, or the next free one after it"
              + " (default: none).")
  private String port;

  @Option(
      names = "--" + AdminOptions.ADMIN_HOST,
      paramLabel = "ADDRESS",
      description = "Interface for that (default: " + AdminOptions.DEFAULT_HOST + ").")
  private String host;

  /** Those that were given. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put(AdminOptions.ADMIN_PORT, port);
    values.put(AdminOptions.ADMIN_HOST, host);
    values.values().removeIf(value -> value == null);
    return values;
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  void check() {
    if (host != null && port == null) {
      throw new IllegalArgumentException("option 'admin-host' needs the option 'admin-port'");
    }
    AdminOptions.of(values());
  }

  /** What is going to be bound. */
  List<ListenPoint> points() {
    return options().stream()
        .map(admin -> new ListenPoint(AdminOptions.ADMIN_PORT, admin.host(), admin.port()))
        .toList();
  }

  /**
   * Empty if no port is given.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  Optional<AdminOptions> options() {
    return AdminOptions.of(values());
  }
}
