package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that was measured along one dimension. Grows while the rounds run. Not thread-safe. */
final class Growth {
  private final Dimension dimension;
  private final List<List<Reading>> readings = new ArrayList<>();
  private final List<RunReport> warmUp = new ArrayList<>();

  Growth(Dimension dimension) {
    this.dimension = dimension;
    dimension.points().forEach(point -> readings.add(new ArrayList<>()));
  }

  void add(int point, Reading reading) {
    readings.get(point).add(reading);
  }

  /** Counts for nothing but its flaws. */
  void addWarmUp(RunReport report) {
    warmUp.add(report);
  }

  Dimension dimension() {
    return dimension;
  }

  /** Whether every request got its right reply. */
  boolean isSound() {
    return flawed().findAny().isEmpty();
  }

  /** How many times the first point's figure each point has. */
  List<Ratios> ratios(Figure figure) {
    return IntStream.range(0, readings.size()).mapToObj(point -> ratios(point, figure)).toList();
  }

  private Ratios ratios(int point, Figure figure) {
    return Ratios.perRound(values(point, figure), values(0, figure));
  }

  /** A title, a table with a row for each point, and every flaw. */
  String markdown() {
    List<List<String>> rows =
        IntStream.range(0, dimension.points().size()).mapToObj(this::cells).toList();
    return "### %s%n%n%s%n%s"
        .formatted(
            dimension.title(),
            new MarkdownTable(titles(), rows).text(),
            flawed()
                .map(report -> "- FLAWED: %s%n".formatted(report.line()))
                .collect(Collectors.joining()));
  }

  private List<String> titles() {
    Stream<String> titles =
        dimension.figures().stream()
            .flatMap(
                figure ->
                    figure.isCompared()
                        ? Stream.of(figure.title(), "x first")
                        : Stream.of(figure.title()));
    return Stream.concat(Stream.of(dimension.name()), titles).toList();
  }

  private List<String> cells(int point) {
    Stream<String> cells =
        dimension.figures().stream()
            .flatMap(
                figure -> {
                  String median = figure.text(Ratios.median(values(point, figure)));
                  return figure.isCompared()
                      ? Stream.of(median, ratios(point, figure).toString())
                      : Stream.of(median);
                });
    return Stream.concat(Stream.of(dimension.points().get(point).label()), cells).toList();
  }

  private List<Double> values(int point, Figure figure) {
    return readings.get(point).stream().map(reading -> reading.of(figure)).toList();
  }

  private Stream<RunReport> flawed() {
    return Stream.concat(
            warmUp.stream(),
            readings.stream().flatMap(List::stream).flatMap(r -> r.reports().stream()))
        .filter(report -> !report.isFlawless());
  }
}
