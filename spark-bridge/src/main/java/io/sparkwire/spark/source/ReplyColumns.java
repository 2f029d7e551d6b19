package io.sparkwire.spark.source;

import io.sparkwire.spark.json.BodyEncoder;
import io.sparkwire.spark.row.RowSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a query's result make up its replies. Immutable.
 *
 * <p>The id is known by its type, so it may have any name. {@code reply} is any column of that
 * name, or one that {@code make_reply} has made. {@code status} and {@code headers} are optional.
 *
 * @param id ordinal of the request's id
 * @param reply ordinal of the body
 * @param replyField name and type of the body
 * @param status ordinal, or {@link #NONE}
 * @param headers ordinal, or {@link #NONE}
 */
public record ReplyColumns(int id, int reply, StructField replyField, int status, int headers)
    implements Serializable {

  static final int NONE = -1;
  public static final String REPLY = "reply";
  public static final String STATUS = "status";
  public static final String HEADERS = "headers";

  /**
   * Finds the columns of a reply by their names.
   *
   * @throws IllegalArgumentException if there is no id or no reply, or a column has a type that it
   *     cannot have
   */
  public static ReplyColumns of(StructType schema) {
    StructField[] fields = schema.fields();
    int id = find(fields, field -> RowSchema.isId(field.dataType()));
    int reply = find(fields, field -> field.name().equals(REPLY) || isMade(field));
    if (id == NONE || reply == NONE) {
      throw new IllegalArgumentException(
          "a reply needs the column 'id' of the request and a column 'reply', but the query has "
              + Arrays.toString(schema.fieldNames()));
    }
    BodyEncoder.check(MadeReply.bodyOf(fields[reply]));
    int status = find(fields, field -> field.name().equals(STATUS));
    if (status != NONE && !fields[status].dataType().equals(DataTypes.IntegerType)) {
      throw wrongType(fields[status], "INT");
    }
    int headers = find(fields, field -> field.name().equals(HEADERS));
    if (headers != NONE && !RowSchema.isHeaders(fields[headers].dataType())) {
      throw wrongType(fields[headers], "ARRAY<STRUCT<name: STRING, value: STRING>>");
    }
    return new ReplyColumns(id, reply, fields[reply], status, headers);
  }

  private static boolean isMade(StructField field) {
    return MadeReply.is(field.dataType());
  }

  /** The first such column. */
  private static int find(StructField[] fields, Predicate<StructField> wanted) {
    return IntStream.range(0, fields.length)
        .filter(i -> wanted.test(fields[i]))
        .findFirst()
        .orElse(NONE);
  }

  private static IllegalArgumentException wrongType(StructField field, String expected) {
    return new IllegalArgumentException(
        "column '"
            + field.name()
            + "' of a reply must be "
            + expected
            + ", but it is "
            + field.dataType().sql());
  }
}
