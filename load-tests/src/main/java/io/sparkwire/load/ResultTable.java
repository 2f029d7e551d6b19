package io.sparkwire.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The result of a benchmark as one Markdown table, aligned so that it also reads well as plain
 * text.
 *
 * <p>Throughput is compared with {@code bare-json}, latency with {@code bare-handoff}; where that
 * contestant did not take part the ratio is a dash.
 */
final class ResultTable {
  private static final List<String> TITLES =
      List.of(
          "contestant",
          "requests/s",
          "x bare-json",
          "p50 µs",
          "x bare-handoff",
          "p99 µs",
          "x bare-handoff");

  private final List<Series> all;

  ResultTable(List<Series> all) {
    this.all = all;
  }

  String markdown() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    all.forEach(series -> rows.add(cells(series)));
    List<Integer> widths =
        IntStream.range(0, TITLES.size())
            .mapToObj(
                column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    rows.add(1, rule(widths));
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private List<String> cells(Series series) {
    return List.of(
        series.contestant(),
        figure("%,.0f", series.requestsPerSecond()),
        ratio(series, Contestants.BARE_JSON, Series::requestsPerSecond),
        figure("%,.1f", series.p50()),
        ratio(series, Contestants.BARE_HANDOFF, Series::p50),
        figure("%,.1f", series.p99()),
        ratio(series, Contestants.BARE_HANDOFF, Series::p99));
  }

  private String ratio(Series series, String baseline, Function<Series, List<Double>> figures) {
    return all.stream()
        .filter(other -> other.contestant().equals(baseline))
        .findFirst()
        .map(other -> Ratios.perRound(figures.apply(series), figures.apply(other)).toString())
        .orElse("-");
  }

  private static String figure(String format, List<Double> rounds) {
    return String.format(Locale.ROOT, format, Ratios.median(rounds));
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
