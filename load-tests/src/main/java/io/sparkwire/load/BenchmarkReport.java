package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.report.Ratios;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The report of a benchmark: the table, how it was measured, and every flaw.
 *
 * @param loadBefore the system's load average before the first server was started; on a quiet
 *     machine near 0, negative if unknown
 * @param idlePercent what the servers used of one core while they were not measured
 */
record BenchmarkReport(List<Series> results, double loadBefore, double idlePercent) {

  /** Whether every reply was right that had to be. */
  boolean isSound() {
    return results.stream().allMatch(Series::isSound);
  }

  /** The report in Markdown, with a line that says how was measured. */
  String markdown(String summary) {
    return String.format(
        Locale.ROOT,
        "%s%n- %s%n- load average before the start: %.2f%n"
            + "- idle servers used %.1f %% of one core while another was measured%n%s",
        new ResultTable(results).markdown(),
        summary,
        loadBefore,
        idlePercent,
        flaws());
  }

  /**
   * A line with the ratios of one contestant to another, per round.
   *
   * @param what is compared, in words
   */
  String comparison(String what, String own, String other) {
    return "%s: requests/s %s, p50 %s"
        .formatted(
            what, ratios(own, other, Series::requestsPerSecond), ratios(own, other, Series::p50));
  }

  /** The ratios of throughput of one contestant to another, per round. */
  Ratios throughput(String own, String other) {
    return ratios(own, other, Series::requestsPerSecond);
  }

  private Ratios ratios(String own, String other, Function<Series, List<Double>> figure) {
    return Ratios.perRound(figure.apply(named(own)), figure.apply(named(other)));
  }

  private Series named(String name) {
    return results.stream()
        .filter(each -> each.contestant().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String flaws() {
    return results.stream()
        .flatMap(series -> series.flawed().stream().map(report -> flaw(series, report)))
        .collect(Collectors.joining());
  }

  private static String flaw(Series series, RunReport report) {
    return String.format("- FLAWED: %s: %s%n", series.contestant(), report.line());
  }
}
