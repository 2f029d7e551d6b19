package io.sparkwire.load;

import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestants;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

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

  private static final String MISSING = "-";

  private final List<Series> all;

  ResultTable(List<Series> all) {
    this.all = all;
  }

  String markdown() {
    return new MarkdownTable(TITLES, all.stream().map(this::cells).toList()).text();
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
        .orElse(MISSING);
  }

  private static String figure(String format, List<Double> rounds) {
    List<Double> measured = rounds.stream().filter(figure -> figure > 0).toList();
    return measured.isEmpty()
        ? MISSING
        : String.format(Locale.ROOT, format, Ratios.median(measured));
  }
}
