package io.sparkwire.exchange;

/**
 * When a node computed a request, in the time of {@link System#nanoTime}. Immutable.
 *
 * @param queued when it was handed to the intake of this node
 * @param taken when a reader last passed it to its pipeline
 * @param answered when it had its answer
 */
public record ComputeTimes(long queued, long taken, long answered) {

  /** How long it waited for a reader, with all that was computed in vain before. */
  public long queueNanos() {
    return Math.max(0, taken - queued);
  }

  /** How long the pipeline took for it. */
  public long pipelineNanos() {
    return Math.max(0, answered - taken);
  }
}
