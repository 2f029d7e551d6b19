package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms of MLflow's scoring protocol that name columns once and not in each row; their rows
 * become JSON objects. Runs on: task thread. Not thread-safe.
 */
final class MlflowTable {

  static final String SPLIT = "dataframe_split";
  private static final int VALUE = 2;

  private final RawJson json;
  private final int most;

  /** The names of the columns with their quotation marks; null before they have been read. */
  private List<byte[]> names;

  MlflowTable(RawJson json, int most) {
    this.json = json;
    this.most = most;
  }

  /** The rows of the object at hand: {@code columns}, {@code data} and perhaps {@code index}. */
  RowBodies split() throws IOException, BadRowsException {
    json.require(JsonToken.START_OBJECT, SPLIT, "an object");
    List<int[]> rows = null;
    while (json.next() != JsonToken.END_OBJECT) {
      String name = json.name();
      json.next();
      switch (name) {
        case "columns" -> names = names();
        case "data" -> rows = data();
        case "index" -> json.skip();
        default -> throw notSplit("the field '" + RawJson.shown(name) + "'");
      }
    }
    if (names == null || rows == null) {
      throw notSplit("no '" + (names == null ? "columns" : "data") + "'");
    }
    return rows(rows);
  }

  private static BadRowsException notSplit(String got) {
    return BadRowsException.malformed(
        "'dataframe_split' must have 'columns' and 'data', and may have 'index', got " + got);
  }

  private List<byte[]> names() throws IOException, BadRowsException {
    json.require(JsonToken.START_ARRAY, SPLIT + ".columns", "an array of strings");
    List<byte[]> read = new ArrayList<>();
    while (json.next() != JsonToken.END_ARRAY) {
      json.require(JsonToken.VALUE_STRING, SPLIT + ".columns", "an array of strings");
      json.skip();
      read.add(json.quoted());
    }
    return read;
  }

  private List<int[]> data() throws IOException, BadRowsException {
    json.require(JsonToken.START_ARRAY, SPLIT + ".data", "an array of rows");
    List<int[]> rows = new ArrayList<>();
    while (json.next() != JsonToken.END_ARRAY) {
      if (rows.size() == most) {
        throw BadRowsException.tooMany(most);
      }
      if (!json.at(JsonToken.START_ARRAY)) {
        throw BadRowsException.malformed(
            rows.size(), "a row of 'data' must be an array of values, got " + json.found());
      }
      rows.add(json.elements());
    }
    return rows;
  }

  private RowBodies rows(List<int[]> bounds) throws BadRowsException {
    List<byte[]> rows = new ArrayList<>(bounds.size());
    for (int[] row : bounds) {
      if (row.length != VALUE * names.size()) {
        throw BadRowsException.malformed(
            rows.size(),
            "a row must have as many values as there are 'columns', which is %d; got %d"
                .formatted(names.size(), row.length / VALUE));
      }
      rows.add(json.object(names, row));
    }
    return new RowBodies(JsonArrayFormat.ROW_TYPE, rows);
  }

  /**
   * The rows of the object at hand, which has an array of values for each column.
   *
   * @param form what the object is called
   */
  RowBodies columns(String form) throws IOException, BadRowsException {
    names = new ArrayList<>();
    List<int[]> columns = new ArrayList<>();
    while (json.next() != JsonToken.END_OBJECT) {
      names.add(json.quoted());
      String column = form + '.' + RawJson.shown(json.name());
      json.next();
      json.require(JsonToken.START_ARRAY, column, "an array with a value for each row");
      columns.add(json.elements());
      requireEqual(columns, column);
    }
    return rows(transposed(columns));
  }

  private void requireEqual(List<int[]> columns, String last) throws BadRowsException {
    int rows = columns.get(0).length / VALUE;
    int values = columns.get(columns.size() - 1).length / VALUE;
    if (values > most) {
      throw BadRowsException.tooMany(most);
    }
    if (values != rows) {
      throw BadRowsException.malformed(
          "all columns must have as many values as the first, which has %d; '%s' has %d"
              .formatted(rows, last, values));
    }
  }

  private static List<int[]> transposed(List<int[]> columns) {
    int rows = columns.isEmpty() ? 0 : columns.get(0).length / VALUE;
    List<int[]> bounds = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      int[] values = new int[VALUE * columns.size()];
      for (int column = 0; column < columns.size(); column++) {
        System.arraycopy(columns.get(column), VALUE * row, values, VALUE * column, VALUE);
      }
      bounds.add(values);
    }
    return bounds;
  }
}
