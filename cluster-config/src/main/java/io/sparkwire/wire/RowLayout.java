package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the packed rows of a request hold: their columns, in this order. Immutable.
 *
 * <p>Its text is the content type of each of these rows, so that a row can be read wherever it was
 * shuffled to.
 *
 * @param nulls whether a row begins with one bit for each element of all columns, which says
 *     whether that is null, the first in the least bit of the first byte; a null has a value too,
 *     which means nothing
 */
public record RowLayout(boolean nulls, List<Column> columns) {

  /** Of a packed row. */
  public static final String MEDIA_TYPE = "application/vnd.sparkwire.packed-row";

  private static final String NULLS = "; nulls=";
  private static final String COLUMNS = "; columns=";
  private static final String BETWEEN = ",";

  public RowLayout {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param type of each element
   * @param width how many elements each of its values has; {@link #SINGLE} if it is no array
   */
  public record Column(String name, PackedType type, int width) {

    /** The width of a value that is no array. */
    public static final int SINGLE = -1;

    public boolean isArray() {
      return width != SINGLE;
    }

    /** How many elements a value has. */
    public int elements() {
      return isArray() ? width : 1;
    }

    private String text() {
      String scalar = URLEncoder.encode(name, UTF_8) + ':' + type;
      return isArray() ? scalar + '[' + width + ']' : scalar;
    }

    private static Column parse(String text) {
      int colon = text.indexOf(':');
      int bracket = text.indexOf('[', colon);
      String type = bracket < 0 ? text.substring(colon + 1) : text.substring(colon + 1, bracket);
      return new Column(
          URLDecoder.decode(text.substring(0, colon), UTF_8),
          PackedType.valueOf(type),
          bracket < 0 ? SINGLE : Integer.parseInt(text, bracket + 1, text.length() - 1, 10));
    }
  }

  /** How many elements a row has in all of its columns. */
  public int elements() {
    return columns.stream().mapToInt(Column::elements).sum();
  }

  /** The content type of rows with this layout. */
  public String contentType() {
    return MEDIA_TYPE
        + NULLS
        + nulls
        + COLUMNS
        + columns.stream().map(Column::text).collect(Collectors.joining(BETWEEN));
  }

  /** Reads what {@link #contentType} has written. */
  public static RowLayout parse(String contentType) {
    int nulls = contentType.indexOf(NULLS);
    int columns = contentType.indexOf(COLUMNS);
    String names = contentType.substring(columns + COLUMNS.length());
    return new RowLayout(
        Boolean.parseBoolean(contentType.substring(nulls + NULLS.length(), columns)),
        Arrays.stream(names.split(BETWEEN, -1)).map(Column::parse).toList());
  }
}
