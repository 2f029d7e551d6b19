package io.sparkwire.options;

import java.util.Collection;
import java.util.Comparator;

/** The known name that is most similar to an unknown one. Stateless. */
public final class NearestName {

  private NearestName() {}

  /** The one of {@code known} that takes the fewest edits; the first of several in order. */
  public static String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .orElse("none");
  }

  /** Levenshtein's edit distance, by the usual two-row programme. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
