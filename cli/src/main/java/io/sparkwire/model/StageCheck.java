package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The check of a saved model before Spark loads it: every class that its files name must be
 * allowed.
 *
 * <p>It reads all metadata and the schemas of all Parquet files below the model's directory,
 * whether Spark needs them or not, and refuses what leads Spark to files elsewhere. No class of the
 * model is loaded. It cannot see what is written after it. Runs on: driver. Not thread-safe.
 */
final class StageCheck {

  private static final String METADATA = "metadata";

  /** A log of Spark's, which says in which files a directory has its rows. */
  private static final String LOG_OF_FILES = "_spark_metadata";

  /** More are a loop of links. */
  private static final int MOST_LEVELS = 64;

  /** More are many loops of links. */
  private static final int MOST_DIRECTORIES = 100_000;

  private final AllowedStages allowed;
  private final StageFiles files;
  private final SavedTypes types;
  private final StageStatement statements;
  private int directories;

  StageCheck(SparkSession spark, Configuration hadoop, AllowedStages allowed) {
    this.allowed = allowed;
    this.files = new StageFiles(hadoop);
    this.types = new SavedTypes(hadoop);
    this.statements = new StageStatement(spark);
  }

  /**
   * @throws IllegalStateException if the model is not allowed; names the class, where it is named,
   *     and the option
   */
  void check(String directory) {
    try {
      check(new Path(directory), 0);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the stages in '" + directory + "' cannot be checked: " + FirstLine.of(e), e);
    }
  }

  private void check(Path directory, int level) throws IOException {
    directories++;
    refuseIf(
        level > MOST_LEVELS || directories > MOST_DIRECTORIES,
        directory,
        "is one of too many directories");
    for (FileStatus entry : files.list(directory)) {
      String name = entry.getPath().getName().toLowerCase(Locale.ROOT);
      refuseIf(entry.isSymlink(), entry.getPath(), "is a link");
      refuseIf(name.equals(LOG_OF_FILES), entry.getPath(), "would have Spark read files elsewhere");
      if (name.equals(METADATA)) {
        checkMetadata(directory, entry);
      } else if (entry.isDirectory()) {
        check(entry.getPath(), level + 1);
      } else {
        checkTypes(entry);
      }
    }
  }

  private void checkMetadata(Path stage, FileStatus place) {
    StageMetadata metadata;
    try {
      metadata = files.metadata(place);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the metadata of the stage in '" + text(stage) + "' are refused: " + FirstLine.of(e), e);
    }
    for (String name : metadata.classes()) {
      refuseIf(
          !allowed.allows(name),
          stage,
          "names the class " + name + ", which " + allowed.refusal(name));
    }
    refuseIf(!metadata.staysInside(), stage, "has a part that would be read from elsewhere");
    if (!allowed.names(StageStatement.STAGE)) {
      metadata
          .statements()
          .forEach(
              statement ->
                  statements
                      .fault(statement)
                      .ifPresent(fault -> refuseIf(true, stage, fault + statementAdvice())));
    }
  }

  private String statementAdvice() {
    return "; if you trust its author, allow all statements: --allow-stage '%s,%s'"
        .formatted(String.join(",", allowed.patterns()), StageStatement.STAGE);
  }

  private void checkTypes(FileStatus file) throws IOException {
    for (String name : types.classes(file)) {
      refuseIf(
          !allowed.allows(name),
          file.getPath(),
          "has a column of the class " + name + ", which " + allowed.refusal(name));
    }
  }

  private static void refuseIf(boolean holds, Path place, String why) {
    if (holds) {
      throw new IllegalStateException("'" + text(place) + "' " + why);
    }
  }

  /** A path as users write it. */
  private static String text(Path path) {
    return path.toString().replaceFirst("^file:(?=/)", "");
  }
}
