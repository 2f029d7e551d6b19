package io.sparkwire.load;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One quantity that is varied while all others stay the same.
 *
 * @param name as the command line has it
 * @param title of what is varied
 * @param alone whether only the servers of one point may run at a time; otherwise those of all
 *     points stay up, and those without requests idle
 * @param points from little to much; the first is what the others are compared with
 * @param figures that each point gets
 */
record Dimension(
    String name, String title, boolean alone, List<GrowthPoint> points, Set<Figure> figures) {

  static Dimension of(
      String name, String title, List<GrowthPoint> points, Figure first, Figure... more) {
    return new Dimension(name, title, false, points, EnumSet.of(first, more));
  }

  /** The same, with one point's servers at a time. */
  Dimension oneAtATime() {
    return new Dimension(name, title, true, points, figures);
  }
}
