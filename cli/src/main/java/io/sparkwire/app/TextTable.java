package io.sparkwire.app;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns. Stateless. */
final class TextTable {

  private TextTable() {}

  /**
   * A line for each row, in columns that are as wide as they have to be.
   *
   * @param rows of as many cells as the first
   */
  static String of(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElseThrow())
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      char[] gap = new char[widths[i] - row.get(i).length() + 2];
      Arrays.fill(gap, ' ');
      line.append(row.get(i)).append(gap);
    }
    return line.toString().stripTrailing() + '\n';
  }
}
