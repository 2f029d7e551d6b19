package io.sparkwire.message;

import java.io.Serializable;

/**
 * The name of one row of a request.
 *
 * <p>Immutable. Its text form is that of the request if the request is a row by itself, otherwise
 * {@code <request>.<row>.<rows>} in decimal digits.
 *
 * @param row its place among the rows of the request, from 0
 * @param rows how many the request has; 0 if it is a row by itself
 */
public record RowId(RequestId request, int row, int rows) implements Serializable {

  private static final char DOT = '.';

  public RowId {
    if (row < 0 || rows < 0 || (row >= rows && row + rows > 0)) {
      throw new IllegalArgumentException(
          "a row id has a row from 0 to the number of rows, got " + row + " of " + rows);
    }
  }

  /** The row that a request is by itself. */
  public static RowId only(RequestId request) {
    return new RowId(request, 0, 0);
  }

  /** Whether its request is a row by itself. */
  public boolean isOnly() {
    return rows == 0;
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code text} does not have it
   */
  public static RowId parse(String text) {
    int dot = text.indexOf(DOT);
    return dot < 0 ? only(RequestId.parse(text)) : ofMany(text, dot);
  }

  private static RowId ofMany(String text, int dot) {
    int second = text.indexOf(DOT, dot + 1);
    try {
      return new RowId(
          RequestId.parse(text.substring(0, dot)),
          Integer.parseInt(text, dot + 1, second, 10),
          Integer.parseInt(text, second + 1, text.length(), 10));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "a row id reads <request> or <request>.<row>.<rows>, got '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return isOnly() ? request.toString() : request.toString() + DOT + row + DOT + rows;
  }
}
