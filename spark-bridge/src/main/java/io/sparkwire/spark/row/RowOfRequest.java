package io.sparkwire.spark.row;

import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceRequest;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * One of the rows of a request, with a body of its own.
 *
 * <p>Runs on: task thread.
 */
final class RowOfRequest extends RequestRow {

  private static final long serialVersionUID = 1;

  private final transient RowId id;
  private final transient byte[] body;
  private final transient UTF8String contentType;

  RowOfRequest(
      ServiceRequest request, int partition, RowId id, byte[] body, UTF8String contentType) {
    super(request, partition);
    this.id = id;
    this.body = body;
    this.contentType = contentType;
  }

  @Override
  String idText(ServiceRequest request) {
    return id.toString();
  }

  @Override
  InternalRow struct(ServiceRequest request) {
    return new RequestStruct(request, body, contentType);
  }
}
