package io.sparkwire.spark;

import io.sparkwire.spark.row.RowSchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The two columns that go along with a request's own ones: its id and the request. Stateless.
 *
 * <p>They are {@code id} and {@code request}, unless the request's own columns have such names:
 * then those win, and these move to {@code _id} and {@code _request}. They are found by their type.
 */
final class Envelope {

  private Envelope() {}

  /**
   * @throws IllegalArgumentException if the rows have no id of a request
   */
  static String idOf(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> RowSchema.isId(field.dataType()))
        .map(StructField::name)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the rows have lost the request's id; keep the column 'id' in every step, of "
                        + Arrays.toString(rows.columns())));
  }

  /** The names of all other columns. */
  static List<String> ownColumns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> !isPart(field))
        .map(StructField::name)
        .toList();
  }

  static boolean isPart(StructField field) {
    return RowSchema.isId(field.dataType()) || RowSchema.isRequest(field.dataType());
  }

  /**
   * The id column, and the request if it is there, each with a name that leaves room for {@code
   * own}.
   */
  static Map<String, String> renamed(Dataset<Row> rows, StructType own) {
    Set<String> taken =
        Arrays.stream(own.fieldNames())
            .map(name -> name.toLowerCase(Locale.ROOT)) // Spark resolves without case
            .collect(Collectors.toSet());
    Map<String, String> names = new LinkedHashMap<>();
    Arrays.stream(rows.schema().fields())
        .filter(Envelope::isPart)
        .forEach(field -> names.put(field.name(), free(usualName(field), taken)));
    return names;
  }

  private static String usualName(StructField field) {
    return RowSchema.isId(field.dataType()) ? RowSchema.ID : RowSchema.REQUEST;
  }

  /** That name, with underscores in front until it is not one of {@code taken}. */
  static String free(String name, Set<String> taken) {
    return taken.contains(name) ? free("_" + name, taken) : name;
  }
}
