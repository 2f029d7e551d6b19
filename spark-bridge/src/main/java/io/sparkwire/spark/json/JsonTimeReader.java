package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.ZoneId;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/**
 * The readers of DATE, TIMESTAMP and TIMESTAMP_NTZ: a JSON string that begins with an ISO date.
 *
 * <p>Spark's cast reads the text, so a service and a query agree on every instant. But the cast
 * also takes {@code 2026}, takes {@code 12:30} as today, and ignores what follows a date. Such text
 * is refused here: a replay tomorrow must give the same row. As in the cast, digits beyond
 * microseconds are cut off.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param allowed the texts that are allowed, for messages
 * @param dateOnly whether the text ends with the date
 */
record JsonTimeReader(
    String type, String allowed, boolean dateOnly, Function<UTF8String, Option<Object>> cast)
    implements JsonValueReader {
  private static final int DATE_LENGTH = "yyyy-MM-dd".length();

  /** Days since 1970-01-01. */
  static JsonTimeReader date() {
    return new JsonTimeReader(
        "DATE", "a string like \"2026-01-31\"", true, DateTimeUtils::stringToDate);
  }

  /** Microseconds since 1970-01-01T00:00Z; text without a zone is in {@code zone}. */
  static JsonTimeReader timestamp(ZoneId zone) {
    return new JsonTimeReader(
        "TIMESTAMP",
        "a string like \"2026-01-31T12:30:00Z\"",
        false,
        text -> DateTimeUtils.stringToTimestamp(text, zone));
  }

  /** Microseconds since 1970-01-01T00:00 on a clock of no zone; text with a zone is refused. */
  static JsonTimeReader timestampWithoutZone() {
    return new JsonTimeReader(
        "TIMESTAMP_NTZ",
        "a string like \"2026-01-31T12:30:00\" without a zone",
        false,
        text -> DateTimeUtils.stringToTimestampWithoutTimeZone(text, false));
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    require(JsonToken.VALUE_STRING, parser);
    String text = parser.getText();
    if (!beginsWithDate(text) || !endsInTime(text)) {
      throw notAllowed(parser);
    }
    Option<Object> value = cast.apply(UTF8String.fromString(text));
    if (value.isEmpty()) {
      throw notAllowed(parser);
    }
    return value.get();
  }

  private static boolean beginsWithDate(String text) {
    if (text.length() < DATE_LENGTH) {
      return false;
    }
    for (int at = 0; at < DATE_LENGTH; at++) {
      char c = text.charAt(at);
      boolean dash = at == 4 || at == 7;
      if (dash ? c != '-' : c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  /** The cast would trim white space. */
  private boolean endsInTime(String text) {
    if (dateOnly) {
      return text.length() == DATE_LENGTH;
    }
    return text.charAt(text.length() - 1) > ' ';
  }

  private BadInputException notAllowed(JsonParser parser) throws IOException {
    return JsonPlace.wrongValue(parser, type + ", " + allowed);
  }
}
