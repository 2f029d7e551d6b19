package io.sparkwire.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * When a node computed a request, in the time of {@link System#nanoTime}. Immutable.
 *
 * @param queued when it was handed to the intake of this node
 * @param taken when a reader last passed it to its pipeline
 * @param answered when it had its answer
 * @param before when readers of this node passed it to their pipeline before, in vain
 */
public record ComputeTimes(long queued, long taken, long answered, List<Long> before) {

  /** Those of a request that was passed to the pipeline once. */
  public ComputeTimes(long queued, long taken, long answered) {
    this(queued, taken, answered, List.of());
  }

  /** These times, and one more at which it was passed to the pipeline in vain. */
  public static List<Long> and(List<Long> before, long taken) {
    List<Long> more = new ArrayList<>(before);
    more.add(taken);
    return List.copyOf(more);
  }

  /** How long it waited for a reader, with all that was computed in vain before. */
  public long queueNanos() {
    return Math.max(0, taken - queued);
  }

  /** How long the pipeline took for it. */
  public long pipelineNanos() {
    return Math.max(0, answered - taken);
  }
}
