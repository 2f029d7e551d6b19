package io.sparkwire.spark;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.spark.json.BadInputException;
import io.sparkwire.spark.json.NonFinite;
import io.sparkwire.spark.json.OrderedValues;
import io.sparkwire.spark.json.PackedRowParser;
import io.sparkwire.spark.json.RequestParser;
import io.sparkwire.spark.json.TextCells;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.wire.CsvFormat;
import io.sparkwire.wire.MlflowFormat;
import io.sparkwire.wire.RowFormats;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The strict reader of request bodies that generated code calls: it returns a row of the schema, or
 * answers 400.
 *
 * <p>Public only because generated code is in a package of Spark. Runs on: task thread. Every task
 * has its own copy; not thread-safe.
 */
public final class StrictJson implements Serializable {

  private static final long serialVersionUID = 1;
  private static final UTF8String CSV_ROW = UTF8String.fromString(CsvFormat.ROW_TYPE);
  private static final UTF8String VALUES = UTF8String.fromString(MlflowFormat.VALUES_TYPE);

  private final StructType schema;
  private final ZoneId zone;
  private final NonFinite nonFinite;
  private final RequestParser parser;
  private final TextCells cells;
  private final OrderedValues values;
  private final PackedRowParser packed;

  /** The last content type that was found to be JSON: clients seldom vary it. */
  private transient UTF8String knownJson;

  StrictJson(StructType schema, ZoneId zone, NonFinite nonFinite) {
    this.schema = schema;
    this.zone = zone;
    this.nonFinite = nonFinite;
    this.parser = new RequestParser(schema, zone, nonFinite);
    this.cells = new TextCells(schema);
    this.values = new OrderedValues(schema);
    this.packed = new PackedRowParser(schema, zone, nonFinite);
  }

  StructType schema() {
    return schema;
  }

  /** The same reader for another schema. */
  StrictJson with(StructType other) {
    return new StrictJson(other, zone, nonFinite);
  }

  /**
   * The row of a body, or null if the body was bad: then the request has been answered.
   *
   * @param contentType null if the client named none, which is taken for JSON
   */
  public InternalRow parse(UTF8String requestId, UTF8String contentType, byte[] body) {
    try {
      if (contentType == null) {
        return parser.parse(body);
      }
      if (!contentType.equals(knownJson)) {
        if (PackedRowParser.reads(contentType)) {
          return packed.parse(contentType, body);
        }
        if (!isJson(contentType.toString())) {
          return refuse(requestId, unsupported(contentType.toString()).toReply());
        }
        knownJson = contentType.clone();
      }
      return parser.parse(json(contentType, body));
    } catch (BadInputException e) {
      return refuse(requestId, e);
    }
  }

  /** A row as a JSON object that the parser reads. */
  private byte[] json(UTF8String contentType, byte[] body) {
    if (CSV_ROW.equals(contentType)) {
      return cells.toJson(body);
    }
    return VALUES.equals(contentType) ? values.toJson(body) : body;
  }

  /** The whole request gets the failure, which names the row if it is one of several. */
  private static InternalRow refuse(UTF8String requestId, BadInputException e) {
    RowId row = RowId.parse(requestId.toString());
    BadInputException named = row.isOnly() ? e : e.in(RowFormats.place(row.row()));
    SparkNode.ofTask().answer(row.request(), badInput(named).toReply());
    return null;
  }

  private static InternalRow refuse(UTF8String requestId, ServiceReply failure) {
    SparkNode.ofTask().answer(RowId.parse(requestId.toString()).request(), failure);
    return null;
  }

  private static boolean isJson(String contentType) {
    int parameters = contentType.indexOf(';');
    String mediaType =
        (parameters < 0 ? contentType : contentType.substring(0, parameters))
            .trim()
            .toLowerCase(Locale.ROOT);
    return mediaType.equals("application/json")
        || mediaType.equals("text/json")
        || mediaType.endsWith("+json");
  }

  private static ServiceFailure unsupported(String contentType) {
    return ServiceFailure.of(
        FailureCode.UNSUPPORTED_MEDIA_TYPE,
        "this service reads application/json, got Content-Type '" + contentType + "'");
  }

  private static ServiceFailure badInput(BadInputException e) {
    Map<String, Object> members = new LinkedHashMap<>();
    putIfKnown(members, "field", e.field());
    putIfKnown(members, "expected", e.expected());
    putIfKnown(members, "found", e.found());
    return new ServiceFailure(FailureCode.BAD_INPUT, e.getMessage(), members);
  }

  private static void putIfKnown(Map<String, Object> members, String name, String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
