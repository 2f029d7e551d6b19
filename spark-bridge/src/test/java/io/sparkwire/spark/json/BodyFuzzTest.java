package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.json.JsonReference.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.json.CreateJacksonParser;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Bodies by chance: strict mode does what {@link BodyReference} says, and permissive mode what
 * Spark's {@code from_json} does, where that has a bound.
 *
 * <p>The system property {@code sparkwire.check.bodies} says how many.
 */
class BodyFuzzTest {
  private static final int BODIES = Integer.getInteger("sparkwire.check.bodies", 20_000);
  private static final int BODIES_PER_SCHEMA = 20;
  private static final Seq<Filter> NO_FILTERS =
      CollectionConverters.asScala(List.<Filter>of()).toSeq();

  /** What Spark alone would work on for long. */
  private static final Pattern LONG_EXPONENT = Pattern.compile("[eE][-+]?[0-9]{4}");

  private interface Check {
    void of(StructType schema, byte[] body, String where);
  }

  private static void forEachBody(Check check) {
    for (int i = 0; i < BODIES; i += BODIES_PER_SCHEMA) {
      BodyGenerator generator = new BodyGenerator(i);
      StructType schema = generator.schema();
      for (int k = 0; k < BODIES_PER_SCHEMA; k++) {
        byte[] body = generator.body(schema);
        check.of(schema, body, "seed %d, %s: %s".formatted(i, schema, new String(body, UTF_8)));
      }
    }
  }

  @Test
  void strictModeDoesWhatTheRulesSay() {
    BodyReference reference = new BodyReference(ParserProbe.ZONE);
    int[] taken = new int[1];
    int[] unsaid = new int[1];
    forEachBody(
        (schema, body, where) -> {
          String expected;
          try {
            expected = reference.read(body, schema);
            taken[0]++;
          } catch (Refused e) {
            expected = "refused";
          } catch (BodyReference.Unsaid e) {
            unsaid[0]++;
            return;
          }
          assertThat(strict(schema, body)).as(where).isEqualTo(expected);
        });
    assertThat(taken[0]).as("bodies that were taken").isBetween(BODIES / 5, BODIES * 4 / 5);
    assertThat(unsaid[0]).as("bodies without a verdict").isLessThan(BODIES / 20);
  }

  private static String strict(StructType schema, byte[] body) {
    try {
      return shown(
          new RequestParser(schema, ParserProbe.ZONE, NonFinite.REFUSE).parse(body), schema);
    } catch (BadInputException e) {
      return "refused";
    }
  }

  @Test
  void permissiveModeDoesWhatFromJsonDoes() {
    JSONOptions options = new JSONOptions(new HashMap<>(), ParserProbe.ZONE.getId(), "corrupt");
    forEachBody(
        (schema, body, where) -> {
          String text = new String(body, UTF_8);
          boolean vectors = schema.simpleString().contains("vector");
          if (vectors || LONG_EXPONENT.matcher(text).find()) {
            return;
          }
          StructType plain = (StructType) Ddl.inPlan(schema.asNullable());
          JacksonParser spark = new JacksonParser(plain, options, false, NO_FILTERS);
          assertThat(permissive(new BoundedJsonParser(schema.asNullable(), options), plain, text))
              .as(where)
              .isEqualTo(permissive(spark, plain, text));
        });
  }

  /** The row, with null for what could not be read; signs of zeros are ignored. */
  private static String permissive(JacksonParser parser, StructType schema, String text) {
    Supplier<List<InternalRow>> parse =
        () ->
            CollectionConverters.asJava(
                parser
                    .<UTF8String>parse(
                        UTF8String.fromString(text),
                        (factory, json) -> CreateJacksonParser.utf8String(factory, json),
                        json -> json)
                    .toSeq());
    List<InternalRow> rows;
    try {
      rows = parse.get();
    } catch (Exception e) { // Spark's BadRecordException is checked, but not declared
      if (!(e instanceof BadRecordException bad)) {
        throw e;
      }
      rows = Arrays.asList(bad.partialResults().apply());
    }
    return rows.stream().map(row -> shown(row, schema)).toList().toString().replace("-0.0", "0.0");
  }

  private static String shown(InternalRow row, StructType schema) {
    StringBuilder shown = new StringBuilder("{");
    for (int i = 0; i < schema.size(); i++) {
      shown.append(shown(row, i, schema.fields()[i].dataType())).append(';');
    }
    return shown.append('}').toString();
  }

  private static String shown(SpecializedGetters row, int i, DataType type) {
    if (row.isNullAt(i)) {
      return "null";
    }
    if (type instanceof StructType struct) {
      return shown(row.getStruct(i, struct.size()), struct);
    }
    if (type instanceof ArrayType array) {
      return shown(row.getArray(i), array.elementType()).toString();
    }
    if (type instanceof MapType map) {
      return shown(row.getMap(i), map);
    }
    if (Ddl.isVector(type)) {
      ArrayData values = row.getStruct(i, 4).getArray(3);
      return Arrays.stream(values.toDoubleArray()).boxed().toList().toString();
    }
    return scalar(row, i, type);
  }

  private static List<String> shown(ArrayData array, DataType type) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < array.numElements(); i++) {
      elements.add(shown(array, i, type));
    }
    return elements;
  }

  private static String shown(MapData map, MapType type) {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      entries.put(
          map.keyArray().getUTF8String(i).toString(), shown(map.valueArray(), i, type.valueType()));
    }
    return entries.toString();
  }

  private static String scalar(SpecializedGetters row, int i, DataType type) {
    return switch (type.typeName()) {
      case "binary" -> List.of(Base64.getEncoder().encodeToString(row.getBinary(i))).toString();
      case "date" -> java.time.LocalDate.ofEpochDay(row.getInt(i)).toString();
      default ->
          type instanceof DecimalType decimal
              ? row.getDecimal(i, decimal.precision(), decimal.scale())
                  .toJavaBigDecimal()
                  .toPlainString()
              : row.get(i, Ddl.inPlan(type)).toString();
    };
  }
}
