package io.sparkwire.app;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.NodeOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The arguments for the address of the admin server. */
final class AdminArguments {

  @Mixin private final OptionArguments arguments = new OptionArguments(AdminOptions.ALL);

  /** Those that were given. */
  Map<String, String> given() {
    return arguments.given();
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range, or needs another one
   */
  void check(NodeOptions node) {
    if (options().isEmpty() && !given().isEmpty()) {
      String first = given().keySet().stream().sorted().findFirst().orElseThrow();
      throw new IllegalArgumentException("option '" + first + "' needs the option 'admin-port'");
    }
    options().ifPresent(admin -> admin.checkSuits(node));
  }

  /** What is going to be bound. */
  List<ListenPoint> points() {
    return options().stream()
        .map(admin -> new ListenPoint(AdminOptions.ADMIN_PORT.name(), admin.host(), admin.port()))
        .toList();
  }

  /**
   * Empty if no port is given.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  Optional<AdminOptions> options() {
    return AdminOptions.of(given());
  }
}
