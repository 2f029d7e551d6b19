package io.sparkwire.requestlog;

import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.message.NodeId;
import java.util.Objects;

/**
 * What is known of how a request was computed. Immutable.
 *
 * @param worker the node that had it last; null if none has
 * @param attempts how often readers passed it to their pipeline; null if that is not known
 * @param queueMicros how long it waited for a reader; null if that is not known here
 * @param pipelineMicros how long the pipeline took; null if that is not known here
 */
record ComputedBy(String worker, Integer attempts, Long queueMicros, Long pipelineMicros) {

  private static final ComputedBy UNKNOWN = new ComputedBy(null, null, null, null);
  private static final long NANOS_PER_MICRO = 1_000;

  /**
   * @param times null if there are none
   */
  static ComputedBy of(ExchangeTimes times, NodeId self) {
    if (times == null) {
      return UNKNOWN;
    }
    NodeId other = times.worker();
    int attempts = times.attempts();
    boolean isRead = other != null || times.taken() != 0;
    return new ComputedBy(
        isRead ? Objects.requireNonNullElse(other, self).text() : null,
        other != null && attempts == 0 ? null : attempts,
        micros(times.queueNanos()),
        micros(times.pipelineNanos()));
  }

  private static Long micros(long nanos) {
    return nanos < 0 ? null : nanos / NANOS_PER_MICRO;
  }
}
