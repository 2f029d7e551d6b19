package io.sparkwire.load.client;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The running count of one client's replies.
 *
 * <p>Right replies count only between {@link #startMeasuring} and {@link #stopMeasuring}; what is
 * wrong, lost or has another status counts always, because a warm-up is no excuse. The first of
 * these is kept in words, to help to find the reason. Not thread-safe.
 */
final class Tally {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
  private boolean measuring;
  private long startedAt;
  private long stoppedAt;
  private long wrong;
  private long lost;
  private long not200;
  private String firstFault = "";

  void startMeasuring() {
    measuring = true;
    startedAt = System.nanoTime();
  }

  void stopMeasuring() {
    measuring = false;
    stoppedAt = System.nanoTime();
  }

  /** Judges a complete response to a question that waited so many nanoseconds. */
  void reply(Question question, ResponseParser response, long waited) {
    if (!question.hasStatusOf(response)) {
      not200++;
      keepFirst("status " + response.status() + ": " + response.body());
    } else if (!question.isAnsweredBy(response)) {
      wrong++;
      keepFirst("expected " + question.expected() + " but got " + response.body());
    } else if (measuring) {
      nanos.recordValue(waited);
    }
  }

  /** Counts a reply that could not even be read as wrong. */
  void unreadable(String reason) {
    wrong++;
    keepFirst(reason);
  }

  void lost(String reason) {
    lost++;
    keepFirst(reason);
  }

  RunReport report() {
    double seconds = (double) (stoppedAt - startedAt) / TimeUnit.SECONDS.toNanos(1);
    return new RunReport(
        nanos.getTotalCount(), seconds, wrong, lost, not200, Latencies.of(nanos), firstFault);
  }

  private void keepFirst(String fault) {
    if (firstFault.isEmpty()) {
      firstFault = fault;
    }
  }
}
