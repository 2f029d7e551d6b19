package io.sparkwire.spark;

import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.RequestId;
import io.sparkwire.protocol.ServiceReply;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructField;

/**
 * Makes replies of rows: a body by the type of the reply column, with status and headers if there
 * are any.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
final class ReplyEncoder {

  private static final int OK = 200;
  private static final int NAME = 0;
  private static final int VALUE = 1;

  private final BodyEncoder body;

  ReplyEncoder(StructField reply) {
    this.body = BodyEncoder.of(reply);
  }

  /** The reply that a row of these columns makes. */
  ServiceReply encode(InternalRow row, ReplyColumns columns) {
    List<Header> headers = headers(row, columns.headers());
    boolean hasStatus = columns.status() != ReplyColumns.NONE && !row.isNullAt(columns.status());
    if (row.isNullAt(columns.reply())) {
      ServiceReply empty = ServiceReply.noContent(headers);
      return hasStatus
          ? new ServiceReply(row.getInt(columns.status()), null, headers, empty.body())
          : empty;
    }
    int status = hasStatus ? row.getInt(columns.status()) : OK;
    return new ServiceReply(status, body.contentType(), headers, body.encode(row, columns.reply()));
  }

  private static List<Header> headers(InternalRow row, int ordinal) {
    if (ordinal == ReplyColumns.NONE || row.isNullAt(ordinal)) {
      return List.of();
    }
    ArrayData fields = row.getArray(ordinal);
    List<Header> headers = new ArrayList<>(fields.numElements());
    for (int i = 0; i < fields.numElements(); i++) {
      InternalRow field = fields.getStruct(i, RowSchema.HEADER_TYPE.size());
      headers.add(new Header(field.getString(NAME), field.getString(VALUE)));
    }
    return headers;
  }

  /** Reads a column of type {@link RowSchema#ID_TYPE}. */
  static RequestId requestId(InternalRow id) {
    return RequestId.parse(id.getString(1));
  }
}
