package io.sparkwire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whether the time that a wrong key takes tells how much of it is right: Welch's t-test between
 * kinds of wrong keys, which take turns in random order, as in "Dude, is my code constant time?"
 * (Reparaz, Balasch, Verbauwhede 2017), whose limit is 4.5.
 *
 * <p>Times are judged with {@code -Dsparkwire.key.timings=100000}, as {@code -Pnightly} does.
 */
class KeyTimingTest {

  private static final int SAMPLES = Integer.getInteger("sparkwire.key.timings", 1_000);
  private static final int JUDGED_FROM = 100_000;
  private static final int CHECKS_PER_SAMPLE = 20;
  private static final double KEPT = 0.9; // the slowest were interrupted by something else
  private static final double LIMIT = 4.5;

  private final ApiKey right = ApiKey.random(new SecureRandom());
  private final ClientList clients =
      new ClientList(
          Map.of(
              right.id(),
              new ClientList.Client(right.digest(), new Principal("alice", Set.of()), Instant.MAX)),
          Map.of());

  /** A key with so many right characters at its beginning. */
  private String rightUpTo(int length) {
    String other = ApiKey.random(new SecureRandom()).text();
    String key = right.text().substring(0, length) + other.substring(length);
    return key.equals(right.text()) ? rightUpTo(length) : key;
  }

  private double[] times(List<String> keys, int kind, double[][] all) {
    double[] sorted = all[kind].clone();
    Arrays.sort(sorted);
    assertThat(keys.get(kind)).isNotEqualTo(right.text());
    return Arrays.copyOf(sorted, (int) (sorted.length * KEPT));
  }

  private double sample(String key) {
    long began = System.nanoTime();
    for (int i = 0; i < CHECKS_PER_SAMPLE; i++) {
      if (clients.key(key, Instant.EPOCH).isKnown()) {
        throw new AssertionError(key);
      }
    }
    return System.nanoTime() - began;
  }

  private static double welch(double[] a, double[] b) {
    return (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void wrongKeysTakeTheSameTimeWhateverIsRightInThem() {
    int idEnd = right.text().indexOf('_', 3) + 1;
    List<String> keys =
        List.of(rightUpTo(idEnd), rightUpTo(idEnd + 20), rightUpTo(right.text().length() - 1));
    double[][] times = new double[keys.size()][SAMPLES];
    Random random = new Random(1);
    int[] taken = new int[keys.size()];
    for (int warmUp = 0; warmUp < SAMPLES / 10; warmUp++) {
      sample(keys.get(warmUp % keys.size()));
    }
    for (int i = 0; i < SAMPLES * keys.size(); i++) {
      int kind = random.nextInt(keys.size());
      while (taken[kind] == SAMPLES) {
        kind = (kind + 1) % keys.size();
      }
      times[kind][taken[kind]++] = sample(keys.get(kind));
    }
    if (SAMPLES >= JUDGED_FROM) {
      double few = welch(times(keys, 0, times), times(keys, 1, times));
      double all = welch(times(keys, 0, times), times(keys, 2, times));
      System.out.printf("wrong keys: t = %.2f (20 right), %.2f (all but one right)%n", few, all);
      assertThat(List.of(few, all)).allMatch(t -> Math.abs(t) < LIMIT);
    }
  }
}
