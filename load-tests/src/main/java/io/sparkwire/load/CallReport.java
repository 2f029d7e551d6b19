package io.sparkwire.load;

import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The output of a program that made batches of calls: a line for each run, and one for each
 * measurement of the heap. Immutable.
 *
 * @param millis how long the service takes for a call
 */
record CallReport(List<String> lines, int millis, int partitions) {
  private static final String BARE = "bare";
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MOST_GROWTH = 1.2;
  private static final List<String> TITLES =
      List.of(
          "calls",
          "in flight",
          "rows",
          "s",
          "x ideal",
          "x bare",
          "CPU µs per row",
          "first run s",
          "heap, KiB");

  CallReport {
    lines = List.copyOf(lines);
  }

  /** Round 0 is the first in its JVM. */
  private record Run(
      String kind, int concurrency, long rows, int round, double seconds, double cpu) {

    static Run parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Run(
          parts[1],
          Integer.parseInt(parts[2]),
          Long.parseLong(parts[3]),
          Integer.parseInt(parts[4]),
          Double.parseDouble(parts[5]),
          Double.parseDouble(parts[6]));
    }

    boolean isLike(Run other) {
      return kind.equals(other.kind) && hasLoadOf(other);
    }

    boolean hasLoadOf(Run other) {
      return concurrency == other.concurrency && rows == other.rows;
    }
  }

  /** The table of all kinds of calls. */
  String text() {
    List<List<String>> rows = runs().filter(run -> run.round() == 0).map(this::cells).toList();
    return new MarkdownTable(TITLES, rows).text();
  }

  /** Whether the heap held on to no more at the end of a batch than at its beginning. */
  boolean isFlat() {
    return runs()
        .map(this::heap)
        .filter(heap -> !heap.isEmpty())
        .allMatch(heap -> heap.get(heap.size() - 1) <= MOST_GROWTH * heap.get(0));
  }

  private Stream<Run> runs() {
    return lines.stream().filter(line -> line.startsWith("run ")).map(Run::parse);
  }

  private List<String> cells(Run first) {
    List<Run> warm = runs().filter(run -> run.round() > 0 && run.isLike(first)).toList();
    List<Double> seconds = warm.stream().map(Run::seconds).toList();
    double inFlight = (double) first.concurrency() * partitions;
    double ideal = first.rows() * millis / MILLIS_PER_SECOND / inFlight;
    double cpu = Ratios.median(warm.stream().map(Run::cpu).toList()) / first.rows();
    return List.of(
        first.kind(),
        String.format(Locale.ROOT, "%.0f", inFlight),
        String.format(Locale.ROOT, "%,d", first.rows()),
        String.format(Locale.ROOT, "%.2f", Ratios.median(seconds)),
        Ratios.perRound(seconds, seconds.stream().map(any -> ideal).toList()).toString(),
        Ratios.perRound(seconds, bare(first)).toString(),
        String.format(Locale.ROOT, "%.0f", cpu * MICROS_PER_SECOND),
        String.format(Locale.ROOT, "%.2f", first.seconds()),
        String.join(" → ", heap(first).stream().map("%,d"::formatted).toList()));
  }

  private List<Double> bare(Run like) {
    return runs()
        .filter(run -> run.round() > 0 && run.kind().equals(BARE) && run.hasLoadOf(like))
        .map(Run::seconds)
        .toList();
  }

  /** What the heap held on to, early and late in a batch. */
  private List<Long> heap(Run run) {
    String start = "heap %s %d ".formatted(run.kind(), run.concurrency());
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }
}
