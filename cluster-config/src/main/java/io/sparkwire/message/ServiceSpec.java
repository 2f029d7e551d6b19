package io.sparkwire.message;

import static io.sparkwire.options.Options.require;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What every node must know of a service to take requests for it.
 *
 * <p>Immutable.
 *
 * @param name unique in the cluster; letters, digits, dot, dash and underscore
 * @param host the interface to listen on
 * @param port 1 to 65,535, or 0 for any free one
 * @param path as {@link ServicePath} has it; may hold parameters as {@code :name}
 * @param methods the HTTP methods that are served, in capitals
 * @param keeping for how long replies are kept beyond their connection
 * @param maxInFlight how many requests may wait for their reply on one node, at least 1
 * @param maxBodyBytes the largest body that is taken, 0 to 2,147,483,647 bytes
 * @param timeout how long a client waits at most, from the head of its request to the reply
 */
public record ServiceSpec(
    String name,
    String host,
    int port,
    String path,
    Set<String> methods,
    ReplyRetention keeping,
    int maxInFlight,
    long maxBodyBytes,
    Duration timeout)
    implements Serializable {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8888;
  public static final Set<String> DEFAULT_METHODS = Set.of("POST");
  public static final int DEFAULT_MAX_IN_FLIGHT = 1024;
  public static final long DEFAULT_MAX_BODY_BYTES = 1024L * 1024;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** CONNECT has no path, TRACE is for the server itself, PRI begins HTTP/2. */
  private static final List<String> NOT_SERVED = List.of("CONNECT", "TRACE", "PRI");

  private static final String HOST = "[A-Za-z0-9._:%\\[\\]-]+";

  private static final int LAST_PORT = 65_535;
  private static final int MAX_IN_FLIGHT = 1 << 20;

  public ServiceSpec {
    requireName("service", name);
    require(host.matches(HOST), "host", "an address or a host name", host);
    require(port >= 0 && port <= LAST_PORT, "port", "0 to 65535", port);
    path = new ServicePath(path).text();
    require(!methods.isEmpty(), "methods", "at least one HTTP method", methods);
    methods.forEach(ServiceSpec::requireMethod);
    require(
        maxInFlight >= 1 && maxInFlight <= MAX_IN_FLIGHT,
        "max-in-flight",
        "1 to 1048576",
        maxInFlight);
    require(
        maxBodyBytes >= 0 && maxBodyBytes <= Integer.MAX_VALUE,
        "max-body",
        "0 to 2147483647 bytes",
        maxBodyBytes);
    require(timeout.toMillis() >= 1, "timeout", "at least 1 ms", timeout);
    methods = Set.copyOf(methods);
  }

  /** A service that keeps no replies. */
  public ServiceSpec(
      String name,
      String host,
      int port,
      String path,
      Set<String> methods,
      int maxInFlight,
      long maxBodyBytes,
      Duration timeout) {
    this(name, host, port, path, methods, ReplyRetention.OFF, maxInFlight, maxBodyBytes, timeout);
  }

  /**
   * The same service, listening elsewhere.
   *
   * @param atPort 0 for any free one
   */
  public ServiceSpec at(String atHost, int atPort) {
    return new ServiceSpec(
        name, atHost, atPort, path, methods, keeping, maxInFlight, maxBodyBytes, timeout);
  }

  /** The same service with another bound on the requests that wait. */
  public ServiceSpec withMaxInFlight(int bound) {
    return new ServiceSpec(name, host, port, path, methods, keeping, bound, maxBodyBytes, timeout);
  }

  /** The same service, keeping replies so long. */
  public ServiceSpec withKeeping(ReplyRetention times) {
    return new ServiceSpec(
        name, host, port, path, methods, times, maxInFlight, maxBodyBytes, timeout);
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

  private static void requireMethod(String method) {
    require(
        FieldRules.isToken(method),
        "methods",
        "names of HTTP methods with commas between, as in GET,POST",
        method);
    require(
        !NOT_SERVED.contains(method),
        "methods",
        "methods that a service can answer, none of " + String.join(", ", NOT_SERVED),
        method);
  }
}
