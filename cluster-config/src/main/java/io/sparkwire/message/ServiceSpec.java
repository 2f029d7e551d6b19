package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;

/**
 * The description of a service: what every node must know to take requests for it.
 *
 * <p>Immutable.
 *
 * @param name unique in the cluster; letters, digits, dot, dash and underscore
 * @param listener where its requests arrive
 * @param route which requests on that listener are its own
 * @param limits how much it takes at once
 * @param retention for how long replies are kept beyond their connection
 * @param responses what its responses are like
 * @param schema of its bodies; another version of its pipeline may have another
 */
public record ServiceSpec(
    String name,
    ListenAddress listener,
    RouteSpec route,
    ServiceLimits limits,
    ReplyRetention retention,
    ResponseOptions responses,
    ServiceSchema schema)
    implements Serializable {

  public static final ConfigOption<String> SERVICE =
      ConfigOption.computed(
          "service",
          OptionType.texts(
              "NAME",
              name -> name.matches("[\\w.-]+") && !name.matches("\\.+"),
              "letters, digits, '.', '-' and '_'"),
          "none; required",
          "Name of the service");

  public ServiceSpec {
    SERVICE.check(name);
  }

  /** Whether clients may use that protocol. */
  public boolean speaks(ServiceProtocol protocol) {
    return route.protocols().contains(protocol);
  }

  /** The same service on another listener. */
  public ServiceSpec at(ListenAddress address) {
    return new ServiceSpec(name, address, route, limits, retention, responses, schema);
  }

  /** The same service with bodies of that schema. */
  public ServiceSpec withSchema(ServiceSchema other) {
    return new ServiceSpec(name, listener, route, limits, retention, responses, other);
  }
}
