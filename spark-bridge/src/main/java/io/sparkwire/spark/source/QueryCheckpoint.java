package io.sparkwire.spark.source;

import io.sparkwire.log.Causes;
import io.sparkwire.log.FirstLine;
import io.sparkwire.spark.version.OffsetLog;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a query finds of an earlier run, or of another query, in its checkpoint.
 *
 * <p>Immutable. Runs on: driver, on a query's own thread.
 *
 * @param directory of the query
 * @param source which of the query's sources asks, from 0
 */
record QueryCheckpoint(Path directory, int source) {

  /** Where Spark would keep what belongs to the first source of a query. */
  static String firstSource(String checkpoint) {
    return checkpoint + "/sources/0";
  }

  /**
   * @param path where Spark would keep what belongs to a source: {@code <directory>/sources/<n>}
   */
  static QueryCheckpoint ofSource(String path) {
    Path own = new Path(path);
    return new QueryCheckpoint(own.getParent().getParent(), Integer.parseInt(own.getName()));
  }

  /**
   * Makes sure that a query with this trigger can continue from here.
   *
   * @throws IllegalArgumentException if not; says why, and what to do
   */
  void check(boolean continuous) {
    Optional<OffsetLog.Entry> latest;
    try {
      latest = new OffsetLog(SparkSession.active(), offsets()).latest();
    } catch (Exception e) { // Scala declares none, whether checked or not
      throw unusable("it cannot be read: " + FirstLine.of(Causes.message(e)));
    }
    latest.ifPresent(entry -> check(entry, continuous));
  }

  private String offsets() {
    return new Path(directory, "offsets").toString();
  }

  private void check(OffsetLog.Entry latest, boolean continuous) {
    if (!continuous && !latest.hasMetadata()) {
      throw unusable("it was written under the continuous trigger, so only that can read it");
    }
    List<Optional<String>> offsets = latest.offsets();
    if (source < offsets.size() && offsets.get(source).isPresent()) {
      try {
        SparkwireOffset.parse(offsets.get(source).get());
      } catch (IllegalArgumentException e) {
        throw unusable(e.getMessage());
      }
    }
  }

  private IllegalArgumentException unusable(String reason) {
    return new IllegalArgumentException(
        "cannot go on from the checkpoint "
            + directory
            + ": "
            + reason
            + "; use another directory, or delete this one if its state is not needed");
  }
}
