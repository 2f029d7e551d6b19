package io.sparkwire.spark.version;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.package$;

/**
 * A release of Spark, and whether Sparkwire runs on it. Immutable.
 *
 * @param text as Spark shows it
 */
public record SparkRelease(String text) {

  private static final Set<String> LINES = Set.of("4.0", "4.1", "4.2", "4.3");

  private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+)\\b.*", Pattern.DOTALL);

  /** The release in this JVM. */
  public static SparkRelease current() {
    return new SparkRelease(package$.MODULE$.SPARK_VERSION());
  }

  /**
   * Makes sure that Sparkwire runs on it.
   *
   * @throws IllegalStateException if not; names the releases that work
   */
  public void check() {
    Matcher line = LINE.matcher(text);
    if (!line.matches() || !LINES.contains(line.group(1))) {
      throw new IllegalStateException(
          "Sparkwire runs on Spark 4.0, 4.1, 4.2 and 4.3, but this is Spark "
              + text
              + "; install one of those");
    }
  }
}
