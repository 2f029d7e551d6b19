package io.sparkwire.load.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Markdown table, aligned so that it also reads well as plain text: its first column to the left,
 * the others to the right. Immutable.
 *
 * @param titles of the columns
 * @param rows each with as many cells as there are titles
 */
public record MarkdownTable(List<String> titles, List<List<String>> rows) {

  public String text() {
    List<Integer> widths = IntStream.range(0, titles.size()).mapToObj(this::width).toList();
    return Stream.concat(Stream.of(titles, rule(widths)), rows.stream())
        .map(row -> line(row, widths))
        .collect(Collectors.joining());
  }

  private int width(int column) {
    return Stream.concat(Stream.of(titles), rows.stream())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }

  /** The line below the titles; its colons align all columns but the first to the right. */
  private static List<String> rule(List<Integer> widths) {
    Stream<String> figures = widths.stream().skip(1).map(width -> "-".repeat(width - 1) + ":");
    return Stream.concat(Stream.of("-".repeat(widths.get(0))), figures).toList();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    String name = pad(cells.get(0), -widths.get(0));
    return IntStream.range(1, cells.size())
        .mapToObj(column -> pad(cells.get(column), widths.get(column)))
        .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
  }

  private static String pad(String cell, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", cell);
  }
}
