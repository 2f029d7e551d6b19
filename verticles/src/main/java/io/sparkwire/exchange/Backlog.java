package io.sparkwire.exchange;

import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;

/**
 * How long a service takes for the requests that it has: their number over the rate at which they
 * have ended of late.
 *
 * <p>That rate is the pipeline's only while requests wait for it. So it is measured while the
 * service is busy, over a few seconds, and not known otherwise. Thread-safe, but for {@link
 * #sample}.
 */
public final class Backlog {

  private static final int SAMPLES = 5;
  private static final double SECOND = 1e9;
  private static final int MOST_SECONDS = 60;

  private final Service service;
  private final long[] times = new long[SAMPLES];
  private final long[] ended = new long[SAMPLES];
  private int taken;
  private volatile double perSecond = Double.NaN;

  Backlog(Service service) {
    this.service = service;
  }

  /** Takes note of how far the service has come; called about once a second. */
  public void sample(long nanoTime) {
    if (2 * service.waiting() < service.spec().limits().maxInFlight()) {
      taken = 0;
      perSecond = Double.NaN;
      return;
    }
    long total = service.ended();
    int next = taken % SAMPLES;
    if (taken > 0) {
      int oldest = taken < SAMPLES ? 0 : next;
      perSecond = (total - ended[oldest]) * SECOND / (nanoTime - times[oldest]);
    }
    times[next] = nanoTime;
    ended[next] = total;
    taken++;
  }

  /**
   * The time until all requests have ended that there are: 1 to 60 seconds, and 1 if the rate is
   * not known. They end by their deadline in any case.
   */
  int seconds() {
    double rate = perSecond;
    if (Double.isNaN(rate)) {
      return 1;
    }
    double most = Math.min(MOST_SECONDS, service.spec().limits().timeout().toSeconds());
    double seconds = Math.min(most, service.waiting() / rate); // infinite if none has ended
    return (int) Math.ceil(Math.max(1, seconds));
  }

  /**
   * What the client gets in the place of a failure: a refusal for lack of room with the status that
   * the service prefers, and with {@code Retry-After}.
   */
  public ServiceReply refusal(ServiceReply failure) {
    ServiceSpec spec = service.spec();
    return ServiceFailure.isOverload(failure)
        ? ServiceFailure.refused(failure, spec.responses().overloadStatus(), seconds())
        : failure;
  }
}
