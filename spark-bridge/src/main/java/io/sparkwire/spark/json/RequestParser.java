package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Serializable;
import java.time.ZoneId;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * The strict parser of a request's JSON body into a row of a service's schema.
 *
 * <p>A body is exactly one JSON object in UTF-8 (RFC 8259), with or without a byte-order mark. It
 * is read in one streaming pass; every value must have the type that the schema declares, and
 * nothing is guessed. Fields that the schema does not know are skipped, a missing nullable field is
 * null, and everything else ends in a {@link BadInputException} that names the field, what it must
 * be and what it got. Names match case-sensitively.
 *
 * <p>How each type is read is decided once, when the parser is made or deserialised. A parser is
 * reusable, also after a bad body.
 *
 * <p>Runs on: task thread. Thread-safe, because nothing of a body outlives its call.
 */
public final class RequestParser implements Serializable {
  private static final String ONE_OBJECT = "one JSON object";

  private final StructType schema;
  private final ZoneId zone;
  private final NonFinite nonFinite;
  private final transient JsonFactory json = strictJson();
  private final transient JsonStructReader row;

  /**
   * @param zone where a TIMESTAMP without a zone of its own is read
   * @param nonFinite what to do with NaN and infinities
   * @throws IllegalArgumentException if a field has a type that JSON cannot carry; it names the
   *     field and the supported types
   */
  public RequestParser(StructType schema, ZoneId zone, NonFinite nonFinite) {
    this.schema = schema;
    this.zone = zone;
    this.nonFinite = nonFinite;
    this.row = new JsonReaders(zone, nonFinite).ofFields(schema, "");
  }

  /** The row that {@code body} describes; it does not share memory with it. */
  public InternalRow parse(byte[] body) throws BadInputException {
    if (!Utf8.isWellFormed(body)) {
      throw BadInputException.malformed("it is not UTF-8 text");
    }
    int first = Utf8.lengthOfMark(body);
    try (JsonParser parser = json.createParser(body, first, body.length - first)) {
      requireObject(parser);
      InternalRow parsed = row.read(parser);
      requireEnd(parser);
      return parsed;
    } catch (IOException malformed) {
      throw BadInputException.malformed(malformed);
    }
  }

  private static void requireObject(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw BadInputException.empty(ONE_OBJECT);
    }
    if (first != JsonToken.START_OBJECT) {
      throw BadInputException.wrongBody(ONE_OBJECT, JsonPlace.found(parser));
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw BadInputException.wrongBody(ONE_OBJECT, "more after it");
    }
  }

  /*
   * No detection of the character set: RFC 8259 knows UTF-8 only, and a guess of UTF-16 would let
   * other bytes through. No interning: field names come from strangers, and the JVM's table of
   * interned strings is shared by all.
   */
  private static JsonFactory strictJson() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .errorReportConfiguration(
            ErrorReportConfiguration.builder().maxErrorTokenLength(JsonPlace.SHOWN_LENGTH).build())
        .build();
  }

  private Object readResolve() {
    return new RequestParser(schema, zone, nonFinite);
  }
}
