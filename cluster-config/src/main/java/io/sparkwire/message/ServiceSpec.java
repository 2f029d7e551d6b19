package io.sparkwire.message;

import static io.sparkwire.options.Options.require;

import java.io.Serializable;

/**
 * What every node must know of a service to take requests for it.
 *
 * <p>Immutable.
 *
 * @param name unique in the cluster; letters, digits, dot, dash and underscore
 * @param listener where its requests arrive
 * @param route which requests on that listener are its own
 * @param limits how much it takes at once
 * @param retention for how long replies are kept beyond their connection
 * @param schema of its bodies; another version of its pipeline may have another
 */
public record ServiceSpec(
    String name,
    ListenAddress listener,
    RouteSpec route,
    ServiceLimits limits,
    ReplyRetention retention,
    ServiceSchema schema)
    implements Serializable {

  public ServiceSpec {
    requireName("service", name);
  }

  /** The same service on another listener. */
  public ServiceSpec at(ListenAddress address) {
    return new ServiceSpec(name, address, route, limits, retention, schema);
  }

  /** The same service with bodies of that schema. */
  public ServiceSpec withSchema(ServiceSchema other) {
    return new ServiceSpec(name, listener, route, limits, retention, other);
  }

  /**
   * Checks the name of a service.
   *
   * @param option under which it was given
   * @throws IllegalArgumentException if it has other characters, or is no segment of a path
   */
  public static void requireName(String option, String name) {
    require(
        name.matches("[\\w.-]+") && !name.matches("\\.+"),
        option,
        "letters, digits, '.', '-' and '_'",
        name);
  }
}
