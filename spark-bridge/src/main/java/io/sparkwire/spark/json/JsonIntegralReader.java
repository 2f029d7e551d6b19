package io.sparkwire.spark.json;

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

  /** Of {@link Long#MAX_VALUE}. */
  private static final int MOST_DIGITS = 19;

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

  /** The range comes first: then there are few digits to compute with. */
  private long decimal(JsonParser parser) throws IOException {
    require(JsonToken.VALUE_NUMBER_FLOAT, parser);
    DecimalText number = JsonDecimalReader.numberAt(parser);
    if (!number.isZero() && number.magnitude() > MOST_DIGITS) {
      throw outOfRange(parser);
    }
    if (!number.isZero() && number.scale() > 0) {
      throw JsonPlace.wrongValue(parser, type() + ", a whole number");
    }
    BigDecimal value = number.exactly();
    if (value.compareTo(LOWEST) < 0 || value.compareTo(HIGHEST) > 0) {
      throw outOfRange(parser);
    }
    return value.longValueExact();
  }

  /** A number as this type; null if it is out of range. */
  Object ofWhole(long value) {
    return value < min || value > max ? null : boxed(value);
  }

  /** The same; null if it has a fraction, too. */
  Object ofReal(double value) {
    boolean isLong = value >= Long.MIN_VALUE && value < -(double) Long.MIN_VALUE;
    return isLong && value == Math.rint(value) ? ofWhole((long) value) : null;
  }

  private BadInputException outOfRange(JsonParser parser) throws IOException {
    return JsonPlace.wrongValue(parser, "%s, from %d to %d".formatted(type(), min, max));
  }
}
