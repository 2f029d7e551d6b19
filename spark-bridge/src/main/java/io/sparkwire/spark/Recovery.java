package io.sparkwire.spark;

import io.sparkwire.log.Causes;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;

/** Whether a query that has failed is started again, and when. Stateless. */
final class Recovery {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private Recovery() {}

  /**
   * Doubles from {@link #FIRST_BACKOFF} to {@link #LONGEST_BACKOFF}, less up to half of it by
   * chance.
   *
   * @param failuresInARow 0 or more
   */
  static long backoffMillis(int failuresInARow, RandomGenerator random) {
    int doublings = Math.min(failuresInARow, 16);
    long longest = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << doublings);
    return random.nextLong(longest / 2, longest + 1);
  }

  /** What fails in a task may succeed the next time; what Spark cannot even plan will not. */
  static boolean isPossible(Throwable failure) {
    return Causes.chain(failure).anyMatch(SparkException.class::isInstance)
        || Causes.chain(failure)
            .noneMatch(
                cause ->
                    cause instanceof AnalysisException
                        || cause instanceof IllegalArgumentException);
  }
}
