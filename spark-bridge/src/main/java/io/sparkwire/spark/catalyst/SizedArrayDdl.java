package io.sparkwire.spark.catalyst;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Arrays with a size in DDL, as in {@code ARRAY<INT>(4)}. Spark has no such type: while it reads or
 * writes the DDL, a struct of two fields represents the array, and its second one names the size.
 *
 * <p>Runs on: driver. Stateless.
 */
final class SizedArrayDdl {

  private static final String ARRAY = "__sparkwire_array";
  private static final String SIZE = "__sparkwire_size_";
  private static final String BEGIN = "STRUCT<" + ARRAY + ": ";

  /** What ends the struct. */
  private static final Pattern END = Pattern.compile(", " + SIZE + "(\\d+): DOUBLE>");

  /** Quoted text, in which nothing is a type; or what begins or ends the parts of a type. */
  private static final Pattern TOKEN =
      Pattern.compile(
          Ddl.QUOTED + "|\\bARRAY\\s*<|<|>(?:\\s*\\(\\s*(\\d{1,9})\\s*\\))?",
          Pattern.CASE_INSENSITIVE);

  /** Where a type begins that is no array. */
  private static final int NO_ARRAY = -1;

  private SizedArrayDdl() {}

  /** The DDL as Spark reads it. */
  static String marked(String ddl) {
    StringBuilder marked = new StringBuilder();
    Deque<Integer> begun = new ArrayDeque<>();
    Matcher token = TOKEN.matcher(ddl);
    while (token.find()) {
      token.appendReplacement(marked, "");
      if (token.group().endsWith("<")) {
        begun.push(token.group().length() > 1 ? marked.length() : NO_ARRAY);
      }
      boolean isEnd = token.group().startsWith(">") && !begun.isEmpty();
      int begin = isEnd ? begun.pop() : NO_ARRAY;
      if (begin != NO_ARRAY && token.group(1) != null) {
        marked.insert(begin, BEGIN).append(">, " + SIZE + token.group(1) + ": DOUBLE>");
      } else {
        marked.append(token.group());
      }
    }
    return token.appendTail(marked).toString();
  }

  /** What Spark has written of marked types, as DDL. */
  static String unmarked(String ddl) {
    return END.matcher(ddl.replace(BEGIN, "")).replaceAll("($1)");
  }

  /** A struct with a struct in place of each array that has a size; any other type as it is. */
  static DataType marked(DataType type) {
    return type instanceof StructType struct ? mapped(struct, SizedArrayDdl::mark) : type;
  }

  private static StructField mark(StructField field) {
    OptionalInt size = ArraySizes.of(field);
    if (size.isEmpty()) {
      return field;
    }
    StructType mark =
        new StructType()
            .add(ARRAY, field.dataType())
            .add(SIZE + size.getAsInt(), DataTypes.DoubleType);
    return new StructField(field.name(), mark, field.nullable(), field.metadata());
  }

  /**
   * A struct of which each field that was marked is an array with a size; any other type as it is.
   *
   * @throws IllegalArgumentException if something else than a field is marked
   */
  static DataType sized(DataType type) {
    if (type instanceof ArrayType array) {
      requireField(array.elementType());
    } else if (type instanceof MapType map) {
      requireField(map.keyType());
      requireField(map.valueType());
    }
    return type instanceof StructType struct ? mapped(struct, SizedArrayDdl::sized) : type;
  }

  private static StructField sized(StructField field) {
    if (!isMark(field.dataType())) {
      return field;
    }
    StructField[] mark = ((StructType) field.dataType()).fields();
    return ArraySizes.sized(
        new StructField(field.name(), mark[0].dataType(), field.nullable(), field.metadata()),
        Integer.parseInt(mark[1].name().substring(SIZE.length())));
  }

  private static void requireField(DataType part) {
    if (isMark(part)) {
      throw new IllegalArgumentException(
          "an array has a size only as a column or as a field of a struct, got %s within an array or map"
              .formatted(unmarked(part.sql())));
    }
  }

  /**
   * Refuses an array with a size.
   *
   * @throws IllegalArgumentException if the type is one
   */
  static DataType requireNoSize(DataType type) {
    if (isMark(type)) {
      throw new IllegalArgumentException(
          "ARRAY has no size here, got %s; only the schema of requests has one"
              .formatted(unmarked(type.sql())));
    }
    return type;
  }

  private static boolean isMark(DataType type) {
    return type instanceof StructType struct
        && struct.size() == 2
        && struct.fieldNames()[0].equals(ARRAY)
        && struct.fieldNames()[1].startsWith(SIZE);
  }

  private static StructType mapped(StructType struct, UnaryOperator<StructField> change) {
    return new StructType(Arrays.stream(struct.fields()).map(change).toArray(StructField[]::new));
  }
}
