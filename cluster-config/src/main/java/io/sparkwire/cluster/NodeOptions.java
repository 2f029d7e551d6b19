package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.Options;
import io.sparkwire.tls.TlsOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Threads of a node, and how its listeners treat clients. Immutable.
 *
 * @param eventLoops threads that move bytes between sockets and intakes, 1 to 256. One serves some
 *     90,000 requests per second; more take time from the pipeline's threads.
 * @param limits what clients may take of it
 * @param tls of its listeners; empty for clear text
 */
public record NodeOptions(int eventLoops, NodeLimits limits, Optional<TlsOptions> tls) {

  /** Those that users set, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      Stream.of(NodeLimits.ALL, TlsOptions.ALL).<ConfigOption<?>>flatMap(List::stream).toList();

  private static final int CORES_PER_EVENT_LOOP = 4;
  private static final int GATEWAY_CORES_PER_EVENT_LOOP = 2;
  private static final int MAX_EVENT_LOOPS = 256;

  public NodeOptions {
    boolean holds = eventLoops >= 1 && eventLoops <= MAX_EVENT_LOOPS;
    Options.require(holds, "event-loops", "1 to " + MAX_EVENT_LOOPS, eventLoops);
  }

  public NodeOptions(int eventLoops) {
    this(eventLoops, NodeLimits.defaults(), Optional.empty());
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
        TlsOptions.of(options.only(TlsOptions.ALL)));
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
