package io.sparkwire.app;

import io.sparkwire.admin.AdminOptions;
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
   * @throws IllegalArgumentException if one of them is out of its range
   */
  void check() {
    if (options().isEmpty() && !given().isEmpty()) {
      throw new IllegalArgumentException("option 'admin-host' needs the option 'admin-port'");
    }
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
