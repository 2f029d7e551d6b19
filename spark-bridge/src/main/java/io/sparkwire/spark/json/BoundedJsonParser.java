package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sparkwire.spark.catalyst.Ddl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.VarcharType;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Spark's JSON parser with bounds, so that a short text cannot cause long work.
 *
 * <p>Spark rounds a DECIMAL to its scale before it checks its size: {@code 1e99999999} becomes a
 * number of a hundred million digits first. Here numbers that are far too large are none, and those
 * that are far too small are 0, at once; and a text of more than {@value #MOST_CHARS} characters,
 * which JSON allows for a number in quotes, is none. A zero also keeps its sign, which Jackson
 * loses in {@code -0}.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
final class BoundedJsonParser extends JacksonParser {
  /** As many as Jackson allows a number that is not in quotes. */
  static final int MOST_CHARS = 1_000;

  /** Exponents that are left to Spark: beyond what any type holds, and yet cheap. */
  private static final int MOST_DIGITS = 2 * MOST_CHARS;

  BoundedJsonParser(DataType schema, JSONOptions options) {
    super(schema, options, false, CollectionConverters.asScala(List.<Filter>of()).toSeq());
  }

  /*
   * The superclass calls this before the constructor is through, so it may not use any field.
   */
  @Override
  public Function1<JsonParser, Object> makeConverter(DataType type) {
    if (type instanceof CharType || type instanceof VarcharType) {
      return super.makeConverter(DataTypes.StringType);
    }
    Function1<JsonParser, Object> spark = super.makeConverter(type);
    if (Ddl.isVector(type)) {
      JsonVectorReader vectors =
          new JsonVectorReader(Ddl.vectorSize(type), new JsonDoubleReader(NonFinite.REFUSE));
      return new Converter(parser -> vector(parser, vectors, spark));
    }
    if (type instanceof SizedArray array) {
      return new Converter(parser -> sized(spark.apply(parser), array.size()));
    }
    if (type instanceof DecimalType decimal) {
      return new Converter(parser -> decimal(parser, decimal, spark));
    }
    if (type instanceof DoubleType || type instanceof FloatType) {
      return new Converter(parser -> signed(parser, spark.apply(parser)));
    }
    return spark;
  }

  /** An array of numbers; Spark reads an object, which has the fields that it stores. */
  private static Object vector(
      JsonParser parser, JsonVectorReader vectors, Function1<JsonParser, Object> spark)
      throws IOException {
    toValue(parser);
    return parser.hasToken(JsonToken.START_ARRAY) ? vectors.read(parser) : spark.apply(parser);
  }

  private static NoSuchValueException noSuchNumber() {
    return new NoSuchValueException("the number is beyond every DECIMAL");
  }

  private static Object sized(Object array, int size) {
    if (array instanceof ArrayData elements && elements.numElements() != size) {
      throw new NoSuchValueException("the array has another size");
    }
    return array;
  }

  private static void toValue(JsonParser parser) throws IOException {
    if (parser.hasToken(JsonToken.FIELD_NAME)) {
      parser.nextToken(); // as Spark does
    }
  }

  private static Object decimal(
      JsonParser parser, DecimalType type, Function1<JsonParser, Object> spark) throws IOException {
    toValue(parser);
    if (!parser.currentToken().isScalarValue() || parser.hasToken(JsonToken.VALUE_NULL)) {
      return spark.apply(parser);
    }
    if (parser.getTextLength() > MOST_CHARS) {
      throw noSuchNumber();
    }
    DecimalText number = measured(parser);
    if (number == null || Math.abs(number.magnitude()) <= MOST_DIGITS) {
      return spark.apply(parser);
    }
    if (number.isZero() || number.magnitude() < 0) {
      return Decimal.apply(BigDecimal.ZERO, type.precision(), type.scale());
    }
    throw noSuchNumber();
  }

  /** The number at the parser's position, in quotes or not; Spark ignores commas in quotes. */
  private static DecimalText measured(JsonParser parser) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return JsonDecimalReader.numberAt(parser);
    }
    char[] chars = parser.getText().replace(",", "").toCharArray();
    return DecimalText.of(chars, 0, chars.length);
  }

  private static Object signed(JsonParser parser, Object value) throws IOException {
    boolean isMinusZero =
        value instanceof Number number
            && number.doubleValue() == 0
            && parser.currentToken().isNumeric()
            && JsonDoubleReader.isNegative(parser);
    if (!isMinusZero) {
      return value;
    }
    return value instanceof Float ? (Object) (-0.0f) : (Object) (-0.0);
  }

  /** How one type is read; Spark takes its failure as that of any other value. */
  private static final class Converter extends AbstractFunction1<JsonParser, Object> {
    private final Reading reading;

    Converter(Reading reading) {
      this.reading = reading;
    }

    @Override
    public Object apply(JsonParser parser) {
      try {
        return reading.read(parser);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
  }

  /** A way to read a value, which may fail as a parser does. */
  private interface Reading {
    Object read(JsonParser parser) throws IOException;
  }

  /**
   * Reports to Spark that a value is not of its type; an expected outcome, so without a stack
   * trace.
   */
  private static final class NoSuchValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchValueException(String message) {
      super(message, null, false, false);
    }
  }
}
