package io.sparkwire.requestlog;

import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;

/**
 * One request with its reply, for the payload log. It has the bodies themselves and no copies,
 * because they do not change.
 *
 * @param id of the exchange that the request had at its end
 * @param times null if there are none
 */
record PayloadEntry(
    RequestId id, ServiceRequest request, ServiceReply reply, ExchangeTimes times, long totalMicros)
    implements PayloadItem {

  /** Of the objects, and of the header fields, which are not counted one by one. */
  private static final int OWN_BYTES = 2_048;

  @Override
  public int weight() {
    long bytes = (long) OWN_BYTES + request.uri().length();
    return (int) Math.min(Integer.MAX_VALUE, bytes + bodyBytes());
  }

  /** Bytes of both bodies. */
  long bodyBytes() {
    return request.body().length + (long) reply.body().length;
  }

  @Override
  public Partition partition() {
    return Partition.of(request.service(), PayloadRecords.millis(this));
  }
}
