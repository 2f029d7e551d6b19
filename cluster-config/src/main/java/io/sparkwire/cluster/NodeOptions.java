package io.sparkwire.cluster;

import io.sparkwire.auth.Auth;
import io.sparkwire.auth.AuthOptions;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import io.sparkwire.telemetry.TelemetryOptions;
import io.sparkwire.tls.Tls;
import io.sparkwire.tls.TlsOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Threads of a node, and how its listeners treat clients. Immutable.
 *
 * @param eventLoops threads that move bytes between sockets and intakes, 1 to 256. One serves some
 *     90,000 requests per second; more take time from the pipeline's threads.
 * @param limits what clients may take of it
 * @param tls of its listeners; empty for clear text
 * @param auth how it knows its clients; empty if it serves all
 * @param corsOrigins of web pages that may use its services; {@code *} for all
 * @param telemetry what it tells its operators of requests
 */
public record NodeOptions(
    int eventLoops,
    NodeLimits limits,
    Optional<TlsOptions> tls,
    Optional<AuthOptions> auth,
    List<String> corsOrigins,
    TelemetryOptions telemetry) {

  public static final ConfigOption<List<String>> CORS_ORIGINS =
      ConfigOption.computed(
          "cors-origins",
          OptionType.lists("ORIGIN", "* or an origin such as https://app.example"),
          "none",
          "Web pages of which origins may send requests to services (CORS)");

  /** Those that users set, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      Stream.of(
              NodeLimits.ALL,
              TlsOptions.ALL,
              AuthOptions.ALL,
              List.of(CORS_ORIGINS),
              TelemetryOptions.ALL)
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

  private static final int CORES_PER_EVENT_LOOP = 4;
  private static final int GATEWAY_CORES_PER_EVENT_LOOP = 2;
  private static final int MAX_EVENT_LOOPS = 256;
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  public NodeOptions {
    boolean holds = eventLoops >= 1 && eventLoops <= MAX_EVENT_LOOPS;
    Options.require(holds, "event-loops", "1 to " + MAX_EVENT_LOOPS, eventLoops);
    corsOrigins = List.copyOf(corsOrigins);
    for (String origin : corsOrigins) {
      boolean isAny = origin.equals("*") && corsOrigins.size() == 1;
      CORS_ORIGINS.require(isAny || ORIGIN.matcher(origin).matches(), origin);
    }
  }

  public NodeOptions(int eventLoops) {
    this(
        eventLoops,
        NodeLimits.defaults(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        TelemetryOptions.defaults());
  }

  /**
   * The same threads, with options by their kebab-case keys.
   *
   * @throws IllegalArgumentException if a key is unknown, a value out of its range, or another
   *     option is missing
   */
  public NodeOptions with(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return new NodeOptions(
        eventLoops,
        NodeLimits.of(options.only(NodeLimits.ALL)),
        TlsOptions.of(options.only(TlsOptions.ALL)),
        AuthOptions.of(options.only(AuthOptions.ALL)),
        CORS_ORIGINS.from(options, List.of()),
        TelemetryOptions.of(options.only(TelemetryOptions.ALL)));
  }

  /**
   * Checks that the files which its options name are there and of use.
   *
   * @throws IllegalStateException if not; says why
   */
  public void checkFiles() {
    tls.ifPresent(Tls::check);
    auth.ifPresent(Auth::check);
  }

  /** The scheme of its listeners' URLs. */
  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /** One event loop for every four cores, and one at least. */
  public static NodeOptions forCores(int cores) {
    return shared(cores, CORES_PER_EVENT_LOOP);
  }

  /**
   * For a node that computes nothing: one event loop for every two cores, and one at least. All
   * that goes to other nodes has to go through one of them, so more loops also wake each other more
   * often.
   */
  public static NodeOptions forGateway(int cores) {
    return shared(cores, GATEWAY_CORES_PER_EVENT_LOOP);
  }

  private static NodeOptions shared(int cores, int coresPerEventLoop) {
    return new NodeOptions(Math.max(1, Math.min(MAX_EVENT_LOOPS, cores / coresPerEventLoop)));
  }
}
