package io.sparkwire.spark.catalyst;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/**
 * Types as Spark's DDL writes them, and besides ML vectors: {@code VECTOR}, and {@code VECTOR(4)}
 * for those of four values; and {@code ARRAY<INT>(4)} for arrays of four, whose size is in the
 * metadata of their column, as {@link ArraySizes} has it.
 *
 * <p>A type of requests may know more than Spark can carry in a plan: {@link #inPlan} is what it is
 * there. Runs on: driver. Stateless.
 */
public final class Ddl {

  /** Quoted text, in which nothing is a type. */
  static final String QUOTED = "`[^`]*`|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"";

  /** Quoted text; or VECTOR where a type ends, which no name does. */
  private static final Pattern VECTOR =
      Pattern.compile(
          QUOTED
              + "|\\b(VECTOR)\\s*(?:\\(\\s*(\\d{1,9})\\s*\\))?(?=\\s*(?:[,>]|$|NOT\\s|COMMENT\\s))",
          Pattern.CASE_INSENSITIVE);

  /** The one field of the struct that represents a vector while Spark reads the DDL. */
  private static final String MARK = "__sparkwire_vector_";

  private static final Pattern MARKED = Pattern.compile("STRUCT<" + MARK + "(\\d*): DOUBLE>");

  private Ddl() {}

  /**
   * The columns of a row, as in {@code features VECTOR(4) NOT NULL, ids ARRAY<INT>(8)}.
   *
   * <p>Spark's {@code ParseException}, which is checked but not declared, says what is wrong.
   */
  public static StructType columns(String ddl) {
    return (StructType)
        replaced(StructType.fromDDL(marked(ddl)), type -> SizedArrayDdl.sized(vectorOf(type)));
  }

  /**
   * One type, or the columns of a struct, to read responses by.
   *
   * @throws IllegalArgumentException if a vector or an array has a size, which is for requests
   */
  public static DataType type(String ddl) {
    return replaced(DataType.fromDDL(marked(ddl)), type -> withoutSize(vectorOf(type)));
  }

  /**
   * A type as text that {@link #type} and {@link #columns} read: a struct as its columns, without
   * {@code STRUCT} around them.
   */
  public static String text(DataType type) {
    DataType marked = replaced(type, part -> SizedArrayDdl.marked(markOf(part)));
    String ddl = type instanceof StructType ? ((StructType) marked).toDDL() : marked.sql();
    return SizedArrayDdl.unmarked(
        MARKED
            .matcher(ddl)
            .replaceAll(found -> found.group(1).isEmpty() ? "VECTOR" : "VECTOR($1)"));
  }

  /** The type of a column as {@link #text(DataType)} has it, with the size of its arrays. */
  public static String text(StructField column) {
    String type = text(column.dataType());
    OptionalInt size = ArraySizes.of(column);
    return size.isPresent() ? type + "(" + size.getAsInt() + ")" : type;
  }

  private static DataType markOf(DataType type) {
    if (!isVector(type)) {
      return type;
    }
    OptionalInt size = vectorSize(type);
    String mark = MARK + (size.isPresent() ? size.getAsInt() : "");
    return new StructType().add(mark, DataTypes.DoubleType);
  }

  private static DataType withoutSize(DataType type) {
    if (type instanceof SizedVector) {
      throw new IllegalArgumentException(
          "VECTOR has no size here, got VECTOR(%d); only the schema of requests has one"
              .formatted(vectorSize(type).getAsInt()));
    }
    return SizedArrayDdl.requireNoSize(type);
  }

  /** The type of vectors that must have that many values. */
  public static DataType vector(int size) {
    return new SizedVector(size);
  }

  /** How many values a vector must have; empty if any number, or if it is no vector. */
  public static OptionalInt vectorSize(DataType type) {
    return type instanceof SizedVector sized ? OptionalInt.of(sized.size()) : OptionalInt.empty();
  }

  /** Whether the values of a type are ML vectors. */
  public static boolean isVector(DataType type) {
    return type instanceof VectorUDT;
  }

  /** The type as Spark knows it: CHAR and VARCHAR are STRING, and a vector has any size. */
  public static DataType inPlan(DataType type) {
    return replaced(
        type,
        plain -> {
          if (plain instanceof SizedVector) {
            return SQLDataTypes.VectorType();
          }
          boolean hasLength = plain instanceof CharType || plain instanceof VarcharType;
          return hasLength ? DataTypes.StringType : plain;
        });
  }

  private static String marked(String ddl) {
    return VECTOR
        .matcher(SizedArrayDdl.marked(ddl))
        .replaceAll(found -> Matcher.quoteReplacement(mark(found)));
  }

  private static String mark(MatchResult found) {
    if (found.group(1) == null) {
      return found.group();
    }
    String size = found.group(2) == null ? "" : found.group(2);
    return "STRUCT<" + MARK + size + ": DOUBLE>";
  }

  private static DataType vectorOf(DataType type) {
    boolean isMark =
        type instanceof StructType struct
            && struct.size() == 1
            && struct.fieldNames()[0].startsWith(MARK);
    if (!isMark) {
      return type;
    }
    String size = ((StructType) type).fieldNames()[0].substring(MARK.length());
    return size.isEmpty() ? SQLDataTypes.VectorType() : new SizedVector(Integer.parseInt(size));
  }

  /** The type with every part of it, and then itself, replaced. */
  private static DataType replaced(DataType type, Function<DataType, DataType> replacement) {
    if (type instanceof ArrayType array) {
      return replacement.apply(
          DataTypes.createArrayType(
              replaced(array.elementType(), replacement), array.containsNull()));
    }
    if (type instanceof MapType map) {
      return replacement.apply(
          DataTypes.createMapType(
              replaced(map.keyType(), replacement),
              replaced(map.valueType(), replacement),
              map.valueContainsNull()));
    }
    if (type instanceof StructType struct) {
      StructField[] fields =
          Arrays.stream(struct.fields())
              .map(
                  field ->
                      new StructField(
                          field.name(),
                          replaced(field.dataType(), replacement),
                          field.nullable(),
                          field.metadata()))
              .toArray(StructField[]::new);
      return replacement.apply(new StructType(fields));
    }
    return replacement.apply(type);
  }
}
