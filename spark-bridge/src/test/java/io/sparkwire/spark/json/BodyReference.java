package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.ArraySizes;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.json.JsonReference.Num;
import io.sparkwire.spark.json.JsonReference.Obj;
import io.sparkwire.spark.json.JsonReference.Refused;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What docs/semantics.md says that strict mode makes of a body, for tests: a second reading of the
 * rules, slow and plain. Values are shown as {@link BodyFuzzTest} shows those of a row.
 */
public final class BodyReference {

  /** That the rules here do not say what a time means which Spark's cast may know. */
  public static final class Unsaid extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final Pattern BASE64 =
      Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}(-[0-9]{2}){2}[T ][0-9]{2}(:[0-9]{2}){2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?");

  private final ZoneId zone;

  public BodyReference(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * The row of a body.
   *
   * @throws Refused if strict mode has to refuse it
   * @throws Unsaid if the rules leave that to Spark
   */
  public String read(byte[] body, StructType schema) {
    Object value = JsonReference.read(body);
    if (!(value instanceof Obj)) {
      throw new Refused();
    }
    return shown(value, schema);
  }

  private static void require(boolean rule) {
    if (!rule) {
      throw new Refused();
    }
  }

  private String orNull(Object value, DataType type, boolean nullable) {
    if (value == JsonReference.NULL) {
      require(nullable);
      return "null";
    }
    return shown(value, type);
  }

  private String shown(Object value, DataType type) {
    if (type instanceof StructType struct) {
      return object(value, struct);
    }
    if (type instanceof ArrayType array) {
      require(value instanceof List);
      return ((List<?>) value)
          .stream()
              .map(e -> orNull(e, array.elementType(), array.containsNull()))
              .toList()
              .toString();
    }
    if (type instanceof MapType map) {
      return map(value, map);
    }
    if (Ddl.isVector(type)) {
      return vector(value, Ddl.vectorSize(type));
    }
    return scalar(value, type);
  }

  private String object(Object value, StructType struct) {
    require(value instanceof Obj);
    Map<String, Object> known = new HashMap<>();
    List<String> names = List.of(struct.fieldNames());
    for (Map.Entry<String, Object> entry : ((Obj) value).entries()) {
      if (names.contains(entry.getKey())) {
        require(known.put(entry.getKey(), entry.getValue()) == null);
      }
    }
    StringBuilder shown = new StringBuilder("{");
    for (StructField field : struct.fields()) {
      Object given = known.getOrDefault(field.name(), JsonReference.NULL);
      OptionalInt size = ArraySizes.of(field);
      require(size.isEmpty() || !(given instanceof List<?> l) || l.size() == size.getAsInt());
      shown.append(orNull(given, field.dataType(), field.nullable())).append(';');
    }
    return shown.append('}').toString();
  }

  private String map(Object value, MapType map) {
    require(value instanceof Obj);
    Map<String, String> entries = new TreeMap<>();
    for (Map.Entry<String, Object> entry : ((Obj) value).entries()) {
      require(isText(entry.getKey()));
      String shown = orNull(entry.getValue(), map.valueType(), map.valueContainsNull());
      require(entries.put(entry.getKey(), shown) == null);
    }
    return entries.toString();
  }

  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static String vector(Object value, OptionalInt size) {
    require(value instanceof List);
    List<?> numbers = (List<?>) value;
    require(size.isEmpty() || size.getAsInt() == numbers.size());
    return numbers.stream().map(BodyReference::ofDouble).toList().toString();
  }

  private String scalar(Object value, DataType type) {
    return switch (type.typeName().replaceAll("(var)?char.*", "string")) {
      case "boolean" -> {
        require(value instanceof Boolean);
        yield value.toString();
      }
      case "byte" -> whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "short" -> whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case "integer" -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long" -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case "float" -> ofFloat(value);
      case "double" -> ofDouble(value);
      case "string" -> {
        require(isText(text(value)));
        yield text(value);
      }
      case "binary" -> {
        require(BASE64.matcher(text(value)).matches());
        yield List.of(Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text(value))))
            .toString();
      }
      case "date", "timestamp", "timestamp_ntz" -> time(text(value), type.typeName());
      default -> decimal(value, (DecimalType) type);
    };
  }

  private static String text(Object value) {
    require(value instanceof String);
    return (String) value;
  }

  /** The number; one with a long exponent as 10 to plus or minus 9999, which no type holds. */
  private static BigDecimal exact(Object value) {
    require(value instanceof Num);
    String text = ((Num) value).text();
    int e = text.toLowerCase(java.util.Locale.ROOT).indexOf('e');
    if (e < 0 || text.length() - e < 7) {
      return new BigDecimal(text);
    }
    boolean isZero = new BigDecimal(text.substring(0, e)).signum() == 0;
    boolean small = text.charAt(e + 1) == '-';
    boolean noExponent = text.substring(e + 1).matches("[-+]?0*[0-9]{1,4}");
    if (noExponent) {
      return new BigDecimal(text);
    }
    return isZero ? BigDecimal.ZERO : new BigDecimal(small ? "1e-9999" : "1e9999");
  }

  private static String whole(Object value, long min, long max) {
    BigDecimal number = exact(value);
    require(number.compareTo(BigDecimal.valueOf(min)) >= 0);
    require(number.compareTo(BigDecimal.valueOf(max)) <= 0);
    require(number.remainder(BigDecimal.ONE).signum() == 0);
    return Long.toString(number.longValue());
  }

  private static String decimal(Object value, DecimalType type) {
    try {
      BigDecimal number = exact(value);
      require(number.abs().compareTo(BigDecimal.TEN.pow(38)) < 0);
      BigDecimal scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
      require(scaled.precision() <= type.precision() || scaled.signum() == 0);
      return scaled.toPlainString();
    } catch (ArithmeticException mustBeRounded) {
      throw new Refused();
    }
  }

  private static String ofDouble(Object value) {
    require(value instanceof Num);
    double number = Double.parseDouble(((Num) value).text());
    require(!Double.isInfinite(number));
    return Double.toString(number);
  }

  private static String ofFloat(Object value) {
    require(value instanceof Num);
    float number = Float.parseFloat(((Num) value).text());
    require(!Float.isInfinite(number));
    return Float.toString(number);
  }

  private String time(String text, String type) {
    try {
      if (DATE.matcher(text).matches()) {
        LocalDate day = LocalDate.parse(text);
        return type.equals("date") ? day.toString() : micros(day.atStartOfDay(), "", type);
      }
      require(!type.equals("date"));
      if (TIME.matcher(text).matches()) {
        int end = text.replaceAll("(Z|[+-][0-9]{2}:[0-9]{2})$", "").length();
        LocalDateTime local = LocalDateTime.parse(text.substring(0, end).replace(' ', 'T'));
        return micros(local, text.substring(end), type);
      }
    } catch (DateTimeException noSuchTime) {
      throw new Refused();
    }
    require(DATE.matcher(text).lookingAt());
    throw new Unsaid();
  }

  private String micros(LocalDateTime local, String offset, String type) {
    require(type.equals("timestamp") || offset.isEmpty());
    ZoneOffset in =
        type.equals("timestamp_ntz")
            ? ZoneOffset.UTC
            : offset.isEmpty() ? zone.getRules().getOffset(local) : ZoneOffset.of(offset);
    return Long.toString(
        local.toEpochSecond(in) * 1_000_000 + local.get(ChronoField.MICRO_OF_SECOND));
  }
}
