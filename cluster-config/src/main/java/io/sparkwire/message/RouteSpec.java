package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The route of a service: which requests belong to it, and how clients say them. Immutable.
 *
 * @param path normalized as {@link ServicePath} describes; may hold parameters as {@code :name}
 * @param methods the HTTP methods that are served, in capitals
 * @param batch whether a JSON array, lines of JSON and CSV are requests of many rows
 * @param protocols that clients may use
 * @param docs whether the listener describes it to clients
 */
public record RouteSpec(
    String path, Set<String> methods, boolean batch, Set<ServiceProtocol> protocols, boolean docs)
    implements Serializable {

  public static final ConfigOption<List<String>> METHODS =
      ConfigOption.of(
          "methods",
          OptionType.lists("METHOD", "names of HTTP methods with commas between, as in GET,POST"),
          "POST",
          "HTTP methods to take");

  public static final ConfigOption<Boolean> BATCH =
      ConfigOption.of(
          "batch",
          OptionType.onOrOff(),
          "off",
          "Take JSON arrays, lines of JSON and CSV as requests of many rows");

  public static final ConfigOption<Set<ServiceProtocol>> PROTOCOLS =
      ConfigOption.of(
          "protocols",
          OptionType.choices(ServiceProtocol.ALL),
          "json,v2,mlflow",
          "Protocols that clients may use");

  public static final ConfigOption<Boolean> DOCS =
      ConfigOption.of(
          "docs",
          OptionType.onOrOff(),
          "on",
          "Describe the service at /openapi.json, and at /docs, a page to try it");

  /** CONNECT has no path, TRACE is for the server itself, PRI begins HTTP/2. */
  private static final List<String> NOT_SERVED = List.of("CONNECT", "TRACE", "PRI");

  public RouteSpec {
    path = new ServicePath(path).text();
    Options.require(!methods.isEmpty(), METHODS.name(), "at least one HTTP method", methods);
    methods.forEach(RouteSpec::requireMethod);
    methods = Set.copyOf(methods);
    PROTOCOLS.check(protocols);
    protocols = Set.copyOf(protocols);
  }

  private static void requireMethod(String method) {
    METHODS.require(FieldRules.isToken(method), method);
    Options.require(
        !NOT_SERVED.contains(method),
        METHODS.name(),
        "methods that a service can answer, none of " + String.join(", ", NOT_SERVED),
        method);
  }
}
