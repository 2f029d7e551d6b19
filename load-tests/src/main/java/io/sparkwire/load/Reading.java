package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured at one point in one round.
 *
 * @param figures by what they are
 * @param reports of the clients that took part
 */
record Reading(Map<Figure, Double> figures, List<RunReport> reports) {
  Reading {
    figures = new EnumMap<>(figures);
    reports = List.copyOf(reports);
  }

  double of(Figure figure) {
    return figures.get(figure);
  }
}
