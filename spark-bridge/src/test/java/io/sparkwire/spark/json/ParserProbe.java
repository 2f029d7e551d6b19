package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.ZoneId;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A parser with a schema, asked in bodies with single quotes and answering in rows that a test can
 * compare.
 */
record ParserProbe(StructType schema, RequestParser parser) {
  /** A zone that is off UTC all year, so that a forgotten zone is noticed. */
  static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  static ParserProbe of(String ddl) {
    return of(StructType.fromDDL(ddl));
  }

  static ParserProbe of(StructType schema) {
    return new ParserProbe(schema, new RequestParser(schema, ZONE, NonFinite.REFUSE));
  }

  /** A body as tests write it: single quotes for double ones. */
  static byte[] bytes(String body) {
    return body.replace('\'', '"').getBytes(UTF_8);
  }

  Row parse(String body) {
    return external(parser.parse(bytes(body)));
  }

  Row external(InternalRow row) {
    return (Row) CatalystTypeConverters.createToScalaConverter(schema).apply(row);
  }

  BadInputException refusal(String body) {
    return refusal(bytes(body));
  }

  BadInputException refusal(byte[] body) {
    BadInputException refusal =
        catchThrowableOfType(BadInputException.class, () -> parser.parse(body));
    assertThat(refusal).as("the refusal of %s", new String(body, UTF_8)).isNotNull();
    return refusal;
  }

  /** Reads every value of the row, so that one of a wrong class would be noticed. */
  void parseOrRefuse(byte[] body) {
    try {
      assertThat(external(parser.parse(body)).length()).isEqualTo(schema.length());
    } catch (BadInputException refusal) {
      assertThat(refusal.getMessage()).isNotBlank().doesNotContain("Source:", "REDACTED");
    }
  }
}
