package io.sparkwire.spark.json;

import io.sparkwire.wire.RowLayout;
import java.io.Serializable;
import java.time.ZoneId;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The strict parser of packed rows, whose values have left JSON or another form behind them, into
 * rows of a service's schema. It takes and refuses what {@link RequestParser} takes and refuses as
 * JSON, in the same words.
 *
 * <p>How the columns of a layout are read is decided when the first row has it: the rows of a
 * request have all the same. Runs on: task thread. Not thread-safe.
 */
public final class PackedRowParser implements Serializable {

  private static final long serialVersionUID = 1;
  private static final UTF8String MEDIA_TYPE = UTF8String.fromString(RowLayout.MEDIA_TYPE);

  private final StructType schema;
  private final ZoneId zone;
  private final NonFinite nonFinite;

  private transient UTF8String layout;
  private transient PackedRowReader reader;

  /**
   * @param zone where a TIMESTAMP without a zone of its own is read
   * @param nonFinite what to do with NaN and infinities
   */
  public PackedRowParser(StructType schema, ZoneId zone, NonFinite nonFinite) {
    this.schema = schema;
    this.zone = zone;
    this.nonFinite = nonFinite;
  }

  /** Whether bodies of that content type are packed rows. */
  public static boolean reads(UTF8String contentType) {
    return contentType.startsWith(MEDIA_TYPE);
  }

  /** The row that {@code body} describes; it does not share memory with it. */
  public InternalRow parse(UTF8String contentType, byte[] body) throws BadInputException {
    if (!contentType.equals(layout)) {
      reader =
          new PackedRowReader(
              RowLayout.parse(contentType.toString()),
              schema,
              new JsonReaders(zone, nonFinite).fields(schema, ""));
      layout = contentType.clone();
    }
    return reader.read(body);
  }
}
