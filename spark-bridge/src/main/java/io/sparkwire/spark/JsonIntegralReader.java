package io.sparkwire.spark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The readers of the whole-number types: a JSON number without a fraction, within the type's range.
 *
 * <p>JSON has one kind of number, so {@code 3.0} and {@code 3e0} are 3 (RFC 8259, section 6).
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
enum JsonIntegralReader implements JsonValueReader {
  TINYINT(Byte.MIN_VALUE, Byte.MAX_VALUE) {
    @Override
    Object boxed(long value) {
      return (byte) value;
    }
  },
  SMALLINT(Short.MIN_VALUE, Short.MAX_VALUE) {
    @Override
    Object boxed(long value) {
      return (short) value;
    }
  },
  INT(Integer.MIN_VALUE, Integer.MAX_VALUE) {
    @Override
    Object boxed(long value) {
      return (int) value;
    }
  },
  BIGINT(Long.MIN_VALUE, Long.MAX_VALUE) {
    @Override
    Object boxed(long value) {
      return value;
    }
  };

  private static final BigDecimal LOWEST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final long min;
  private final long max;

  JsonIntegralReader(long min, long max) {
    this.min = min;
    this.max = max;
  }

  /** The value, known to be in range, in the class that Catalyst wants. */
  abstract Object boxed(long value);

  @Override
  public String type() {
    return name();
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    long value = parser.hasToken(JsonToken.VALUE_NUMBER_INT) ? digits(parser) : decimal(parser);
    if (value < min || value > max) {
      throw outOfRange(parser);
    }
    return boxed(value);
  }

  private long digits(JsonParser parser) throws IOException {
    if (parser.getNumberType() == NumberType.BIG_INTEGER) {
      throw outOfRange(parser);
    }
    return parser.getLongValue();
  }

  /** The range comes first: it bounds the work on numbers like {@code 1e999999999}. */
  private long decimal(JsonParser parser) throws IOException {
    require(JsonToken.VALUE_NUMBER_FLOAT, parser);
    BigDecimal value = JsonDecimalReader.exactly(parser, this);
    if (value.compareTo(LOWEST) < 0 || value.compareTo(HIGHEST) > 0) {
      throw outOfRange(parser);
    }
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > 0) {
      throw JsonPlace.wrongValue(parser, type() + ", a whole number");
    }
    return stripped.longValueExact();
  }

  private BadInputException outOfRange(JsonParser parser) throws IOException {
    return JsonPlace.wrongValue(parser, "%s, from %d to %d".formatted(type(), min, max));
  }
}
