package io.sparkwire.requestlog;

import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.message.NodeId;
import java.util.Objects;

/**
 * What is known of how a request was computed. Immutable.
 *
 * @param worker the node that had it last; null if none has
 * @param attempts how often readers passed it to their pipeline; -1 if that is not known
 * @param queueMicros how long it waited for a reader; -1 if that is not known here
 * @param pipelineMicros how long the pipeline took; -1 if that is not known here
 */
record ComputedBy(String worker, int attempts, long queueMicros, long pipelineMicros) {

  private static final ComputedBy UNKNOWN = new ComputedBy(null, -1, -1, -1);
  private static final long NANOS_PER_MICRO = 1_000;

  /** What {@code times} say of it, which may be null. */
  static ComputedBy of(ExchangeTimes times, NodeId self) {
    if (times == null) {
      return UNKNOWN;
    }
    NodeId other = times.worker();
    int attempts = times.attempts();
    boolean isRead = other != null || times.taken() != 0;
    return new ComputedBy(
        isRead ? Objects.requireNonNullElse(other, self).text() : null,
        other != null && attempts == 0 ? -1 : attempts,
        micros(times.queueNanos()),
        micros(times.pipelineNanos()));
  }

  private static long micros(long nanos) {
    return nanos < 0 ? -1 : nanos / NANOS_PER_MICRO;
  }
}
