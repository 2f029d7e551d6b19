package io.sparkwire.spark;

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
    BigDecimal value = exactly(parser, this);
    if (value.signum() == 0) {
      return Decimal.apply(BigDecimal.ZERO, precision, scale);
    }
    BigDecimal shortest = fits(value) ? value.stripTrailingZeros() : null;
    if (shortest == null || shortest.scale() > scale) {
      throw JsonPlace.wrongValue(
          parser,
          "%s, at most %d digits before the point and %d after it"
              .formatted(type(), precision - scale, scale));
    }
    return Decimal.apply(shortest.setScale(scale), precision, scale);
  }

  /** Whether the digits before the point do; it bounds the work on {@code 1e999999999}. */
  private boolean fits(BigDecimal value) {
    return (long) value.precision() - value.scale() <= precision - scale;
  }

  /**
   * The number at which the parser stands, digit for digit.
   *
   * @throws BadInputException if its exponent is beyond {@link BigDecimal}, and so beyond any type
   */
  static BigDecimal exactly(JsonParser parser, JsonValueReader reader) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException hugeExponent) {
      throw JsonPlace.wrongValue(parser, reader.type());
    }
  }
}
