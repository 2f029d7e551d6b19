package io.sparkwire.spark.row;

import io.sparkwire.message.ServiceRequest;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The struct {@code request} of a row: {@link RowSchema#REQUEST_TYPE}.
 *
 * <p>Headers, request line and parameters are only made when the plan reads them. Runs on: task
 * thread.
 */
final class RequestStruct extends LazyRow {

  private static final long serialVersionUID = 1;

  private final transient ServiceRequest request;
  private final transient byte[] body;

  /** Null if it is that of the request. */
  private final transient UTF8String rowType;

  RequestStruct(ServiceRequest request) {
    this(request, request.body(), null);
  }

  /**
   * One row of a request.
   *
   * @param body of that row alone, which has no content coding
   */
  RequestStruct(ServiceRequest request, byte[] body, UTF8String rowType) {
    this.request = request;
    this.body = body;
    this.rowType = rowType;
  }

  @Override
  public int numFields() {
    return RowSchema.REQUEST_TYPE.size();
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return false;
  }

  @Override
  Object value(int ordinal) {
    return switch (ordinal) {
      case 0 -> row(text(request.method()), text(request.uri()), text(request.protocolVersion()));
      case 1 -> headers();
      case 2 -> entity();
      case 3 -> pathParams();
      case 4 -> request.receivedAtMicros();
      default -> throw new IndexOutOfBoundsException(ordinal);
    };
  }

  private GenericArrayData headers() {
    List<Map.Entry<String, String>> entries = request.headers().entries();
    Object[] rows = new Object[entries.size()];
    for (int i = 0; i < rows.length; i++) {
      Map.Entry<String, String> header = entries.get(i);
      rows[i] = row(text(header.getKey()), text(header.getValue()));
    }
    return new GenericArrayData(rows);
  }

  private InternalRow entity() {
    boolean whole = rowType == null;
    return row(
        body,
        whole ? text(request.headers().get(HttpHeaders.CONTENT_TYPE)) : rowType,
        text(whole ? request.headers().get(HttpHeaders.CONTENT_ENCODING) : null),
        (long) body.length);
  }

  private ArrayBasedMapData pathParams() {
    Map<String, String> params = request.pathParams();
    return new ArrayBasedMapData(
        new GenericArrayData(params.keySet().stream().map(RequestStruct::text).toArray()),
        new GenericArrayData(params.values().stream().map(RequestStruct::text).toArray()));
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value); // null stays null
  }
}
