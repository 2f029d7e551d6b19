package io.sparkwire.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The rows of the tables in docs/options.md, by the headings that they are under. Immutable. */
final class OptionTables {

  private static final Path FILE = Path.of("..", "docs", "options.md");

  private final List<Row> rows;

  private OptionTables(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * A row of a table.
   *
   * @param names what its first cell has in backticks, without the placeholders of values
   * @param cells as plain text
   */
  record Row(String section, List<String> names, List<String> cells) {

    String name() {
      return names.get(0);
    }

    String fallback() {
      return cells.get(1);
    }

    String allowed() {
      return cells.get(2);
    }
  }

  static OptionTables read() {
    List<Row> rows = new ArrayList<>();
    String section = "";
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (line.startsWith("#")) {
          section = line.replaceFirst("#+ ", "");
        } else if (line.startsWith("| `")) {
          rows.add(parse(section, line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OptionTables(rows);
  }

  private static Row parse(String section, String line) {
    String[] cells = line.substring(1).split("(?<!\\\\)\\|");
    List<String> names =
        Arrays.stream(cells[0].split("`")).filter(part -> part.matches("[a-z-].*")).toList();
    return new Row(
        section,
        names.stream().map(name -> name.replaceFirst(" .*", "")).toList(),
        Arrays.stream(cells).map(cell -> plain(cell).strip()).toList());
  }

  /** A text without the marks around what users write. */
  static String plain(String text) {
    return text.replaceAll("[`'\\\\]", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
  }

  Stream<Row> rows(String section) {
    return rows.stream().filter(row -> row.section().equals(section));
  }

  /** Those of tables with so many columns. */
  Stream<Row> rows(String section, int columns) {
    return rows(section).filter(row -> row.cells().size() == columns);
  }

  /** The one row with the name. */
  Row row(String section, String name) {
    List<Row> found = rows(section).filter(row -> row.names().contains(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size() + " rows for '" + name + "' in docs/options.md, '" + section + "'");
    }
    return found.get(0);
  }
}
