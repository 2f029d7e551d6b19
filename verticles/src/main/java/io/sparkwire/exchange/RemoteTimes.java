package io.sparkwire.exchange;

/**
 * What the readers of another node needed for a request that they have answered. Immutable.
 *
 * @param attempts how often they passed it to their pipeline, 1 to 127; more count as 127
 * @param queueMicros how long it waited for a reader there, in microseconds
 * @param pipelineMicros how long the pipeline took the last time
 */
public record RemoteTimes(int attempts, int queueMicros, int pipelineMicros) {

  private static final int MOST_ATTEMPTS = 127;
  private static final int NANOS_PER_MICRO = 1_000;

  /** The same of a node that has computed a request. */
  public static RemoteTimes of(int attempts, ComputeTimes times) {
    return new RemoteTimes(
        Math.min(MOST_ATTEMPTS, attempts),
        micros(times.queueNanos()),
        micros(times.pipelineNanos()));
  }

  private static int micros(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, nanos / NANOS_PER_MICRO);
  }

  long queueNanos() {
    return (long) queueMicros * NANOS_PER_MICRO;
  }

  long pipelineNanos() {
    return (long) pipelineMicros * NANOS_PER_MICRO;
  }
}
