package io.sparkwire.load;

import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestant;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of how Sparkwire's services compare with the other contestants of the same rounds.
 *
 * <p>Throughput is how many times the other's requests per second, so more is better; of latency
 * less is better. A dash means that the other has no figure in any round.
 */
final class RatioTable {
  private static final List<String> TITLES =
      List.of("Sparkwire : other", "requests/s", "p50", "p99");

  private final List<Line> lines = new ArrayList<>();

  /** Adds the rows of one comparison. */
  void add(List<Series> all) {
    for (Series own : all) {
      if (own.standing() == Contestant.Standing.SPARKWIRE) {
        all.stream()
            .filter(other -> isCompared(own.contestant(), other))
            .forEach(other -> lines.add(new Line(own, other)));
      }
    }
  }

  /** Another build is compared by its service of the same kind only. */
  private static boolean isCompared(String own, Series other) {
    return switch (other.standing()) {
      case SPARKWIRE -> false;
      case EARLIER -> Contestant.isEarlier(other.contestant(), own);
      case LIMIT, PEER -> true;
    };
  }

  String markdown() {
    return new MarkdownTable(TITLES, lines.stream().map(Line::cells).toList()).text();
  }

  /** Each pair's throughput, for a picture. */
  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** One of Sparkwire's services beside one other contestant. */
  record Line(Series own, Series other) {
    String name() {
      return own.contestant() + " : " + other.contestant();
    }

    Ratios throughput() {
      return Ratios.perRound(own.requestsPerSecond(), other.requestsPerSecond());
    }

    private List<String> cells() {
      return List.of(
          name(),
          throughput().toString(),
          Ratios.perRound(own.p50(), other.p50()).toString(),
          Ratios.perRound(own.p99(), other.p99()).toString());
    }
  }
}
