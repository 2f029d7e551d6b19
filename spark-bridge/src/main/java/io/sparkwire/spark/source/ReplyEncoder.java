package io.sparkwire.spark.source;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.spark.json.BodyEncoder;
import io.sparkwire.spark.row.RowSchema;
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
class ReplyEncoder {

  private static final int OK = 200;
  private static final byte[] NOTHING = {};
  private static final int NAME = 0;
  private static final int VALUE = 1;
  private static final int FIELD_SIZE = RowSchema.HEADER_TYPE.size();

  private final BodyEncoder body;

  /** The encoder for a column of that name and type. */
  static ReplyEncoder of(StructField reply) {
    return MadeReply.is(reply.dataType()) ? new MadeReply(reply) : new ReplyEncoder(reply);
  }

  ReplyEncoder(StructField reply) {
    this.body = BodyEncoder.of(reply);
  }

  /** The reply that a row of these columns makes. */
  ServiceReply encode(InternalRow row, ReplyColumns columns) {
    List<Header> headers = headers(row, columns.headers());
    boolean isEmpty = row.isNullAt(columns.reply());
    int status = status(row, columns.status(), isEmpty ? ServiceReply.NO_CONTENT : OK);
    if (!ServiceReply.isStatus(status)) {
      return wrongStatus(status);
    }
    return isEmpty
        ? new ServiceReply(status, null, headers, NOTHING)
        : new ServiceReply(status, body.contentType(), headers, body.encode(row, columns.reply()));
  }

  private static int status(InternalRow row, int ordinal, int usual) {
    return ordinal == ReplyColumns.NONE || row.isNullAt(ordinal) ? usual : row.getInt(ordinal);
  }

  private static ServiceReply wrongStatus(int status) {
    return ServiceFailure.of(
            FailureCode.PIPELINE_FAILED,
            "the pipeline gave status " + status + ", but a reply's status is 200 to 599")
        .toReply();
  }

  /** The header fields of a row; one that is null, or has no name or no value, is none. */
  private static List<Header> headers(InternalRow row, int ordinal) {
    if (ordinal == ReplyColumns.NONE || row.isNullAt(ordinal)) {
      return List.of();
    }
    ArrayData fields = row.getArray(ordinal);
    List<Header> headers = new ArrayList<>(fields.numElements());
    for (int i = 0; i < fields.numElements(); i++) {
      InternalRow field = fields.isNullAt(i) ? null : fields.getStruct(i, FIELD_SIZE);
      if (field != null && !field.isNullAt(NAME) && !field.isNullAt(VALUE)) {
        headers.add(new Header(field.getString(NAME), field.getString(VALUE)));
      }
    }
    return headers;
  }

  /** The name of the service in a column of type {@link RowSchema#ID_TYPE}. */
  static String service(InternalRow id) {
    return id.getString(0);
  }

  /** Reads a column of type {@link RowSchema#ID_TYPE}. */
  static RowId rowId(InternalRow id) {
    return RowId.parse(id.getString(1));
  }
}
