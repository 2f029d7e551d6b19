package io.sparkwire.spark.source;

import io.sparkwire.message.ServiceRequest;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One request as a row of {@link RowSchema#ROW_TYPE}.
 *
 * <p>Runs on: task thread.
 */
final class RequestRow extends LazyRow {

  private static final long serialVersionUID = 1;

  private final transient ServiceRequest request;
  private final int partition;

  RequestRow(ServiceRequest request, int partition) {
    this.request = request;
    this.partition = partition;
  }

  @Override
  public int numFields() {
    return 2;
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return false;
  }

  @Override
  InternalRow value(int ordinal) {
    return ordinal == 0 ? id() : new RequestStruct(request);
  }

  private InternalRow id() {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(request.service()),
          UTF8String.fromString(request.id().toString()),
          partition
        });
  }
}
