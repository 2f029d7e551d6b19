package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;

/**
 * The reader of DECIMAL: a JSON number that the type can hold without rounding.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
record JsonDecimalReader(int precision, int scale) implements JsonValueReader {
  @Override
  public String type() {
    return "DECIMAL(%d,%d)".formatted(precision, scale);
  }

  @Override
  public Decimal read(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw JsonPlace.wrongValue(parser, type());
    }
    DecimalText number = numberAt(parser);
    if (number.isZero()) {
      return Decimal.apply(BigDecimal.ZERO, precision, scale);
    }
    if (number.magnitude() > precision - scale || number.scale() > scale) {
      throw JsonPlace.wrongValue(
          parser,
          "%s, at most %d digits before the point and %d after it"
              .formatted(type(), precision - scale, scale));
    }
    return Decimal.apply(number.exactly().setScale(scale), precision, scale);
  }

  /** The number at the parser's position; the text is not copied. */
  static DecimalText numberAt(JsonParser parser) throws IOException {
    return DecimalText.of(
        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }
}
