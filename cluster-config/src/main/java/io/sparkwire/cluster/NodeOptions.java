package io.sparkwire.cluster;

import io.sparkwire.options.Options;

/**
 * Thread settings of a node. Immutable.
 *
 * @param eventLoops threads that move bytes between sockets and intakes, 1 to 256. One serves some
 *     90,000 requests per second; more take time from the pipeline's threads.
 * @param limits what clients may take of it
 */
public record NodeOptions(int eventLoops, NodeLimits limits) {

  private static final int CORES_PER_EVENT_LOOP = 4;
  private static final int GATEWAY_CORES_PER_EVENT_LOOP = 2;
  private static final int MAX_EVENT_LOOPS = 256;

  public NodeOptions {
    boolean holds = eventLoops >= 1 && eventLoops <= MAX_EVENT_LOOPS;
    Options.require(holds, "event-loops", "1 to " + MAX_EVENT_LOOPS, eventLoops);
  }

  public NodeOptions(int eventLoops) {
    this(eventLoops, NodeLimits.defaults());
  }

  /** The same node with other limits. */
  public NodeOptions withLimits(NodeLimits others) {
    return new NodeOptions(eventLoops, others);
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
