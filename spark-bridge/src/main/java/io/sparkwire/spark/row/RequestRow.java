package io.sparkwire.spark.row;

import io.sparkwire.message.ServiceRequest;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One request, or one row of it, as a row of {@link RowSchema#ROW_TYPE}.
 *
 * <p>Runs on: task thread.
 */
public class RequestRow extends LazyRow {

  private static final long serialVersionUID = 1;

  private final transient ServiceRequest request;
  private final int partition;

  public RequestRow(ServiceRequest request, int partition) {
    this.request = request;
    this.partition = partition;
  }

  @Override
  public final int numFields() {
    return 2;
  }

  @Override
  public final boolean isNullAt(int ordinal) {
    return false;
  }

  @Override
  final InternalRow value(int ordinal) {
    return ordinal == 0 ? id() : struct(request);
  }

  /** The text of its id. */
  String idText(ServiceRequest request) {
    return request.id().toString();
  }

  InternalRow struct(ServiceRequest request) {
    return new RequestStruct(request);
  }

  private InternalRow id() {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(request.service()),
          UTF8String.fromString(idText(request)),
          partition
        });
  }
}
