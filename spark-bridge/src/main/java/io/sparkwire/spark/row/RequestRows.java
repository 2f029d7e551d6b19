package io.sparkwire.spark.row;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.BadRowsException;
import io.sparkwire.wire.RowBodies;
import io.sparkwire.wire.RowFormat;
import io.sparkwire.wire.RowFormats;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of one request on their way into the pipeline.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
public final class RequestRows {

  private final PendingRequest pending;
  private final ServiceRequest request;
  private final RowBodies bodies;
  private final UTF8String contentType;
  private int gone;

  private RequestRows(PendingRequest pending, ServiceRequest request, RowBodies bodies) {
    this.pending = pending;
    this.request = request;
    this.bodies = bodies;
    this.contentType = UTF8String.fromString(bodies.contentType());
  }

  /**
   * The rows of a request; empty if it has none. Then it has been answered.
   *
   * @param service which it is for
   */
  public static Optional<RequestRows> of(
      PendingRequest pending, ServiceRequest request, ServiceSpec service) {
    RowFormat format = RowFormats.of(request);
    try {
      RowBodies bodies = format.rows(request, service);
      if (bodies.size() > 0) {
        return Optional.of(new RequestRows(pending, request, bodies));
      }
      pending.answer(format.reply(request, service, List.of()));
    } catch (BadRowsException e) {
      pending.answer(e.failure().toReply());
    }
    return Optional.empty();
  }

  /** Moves to the next row. */
  public InternalRow next(int partition) {
    RowId id = new RowId(request.id(), gone, bodies.size());
    byte[] body = bodies.get(gone++);
    return new RowOfRequest(request, partition, id, body, contentType);
  }

  public PendingRequest request() {
    return pending;
  }

  /** Whether the row at hand is the last one. */
  public boolean isLast() {
    return gone == bodies.size();
  }
}
