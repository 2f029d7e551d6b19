package io.sparkwire.spark.source;

import io.sparkwire.message.ServiceReply;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The encoder for a column that the SQL function {@code make_reply} has made: a struct of the body
 * and of its status and headers, which are known by their names.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
public final class MadeReply extends ReplyEncoder {

  public static final String STATUS = "__sparkwire_status";
  public static final String HEADERS = "__sparkwire_headers";

  private static final int SIZE = 3;

  private final ReplyColumns parts;

  MadeReply(StructField reply) {
    super(bodyOf(reply));
    this.parts = new ReplyColumns(ReplyColumns.NONE, 0, bodyOf(reply), 1, 2);
  }

  static boolean is(DataType type) {
    return type instanceof StructType struct
        && struct.size() == SIZE
        && struct.fields()[1].name().equals(STATUS)
        && struct.fields()[2].name().equals(HEADERS);
  }

  /** The column that becomes the body; a column that was not made is the body itself. */
  public static StructField bodyOf(StructField reply) {
    return is(reply.dataType()) ? ((StructType) reply.dataType()).fields()[0] : reply;
  }

  @Override
  ServiceReply encode(InternalRow row, ReplyColumns columns) {
    return row.isNullAt(columns.reply())
        ? new ServiceReply(ServiceReply.NO_CONTENT, null, List.of(), new byte[0])
        : super.encode(row.getStruct(columns.reply(), SIZE), parts);
  }
}
