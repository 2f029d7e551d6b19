package io.sparkwire.spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.execution.datasources.v2.FileTable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The static tables that a query reads beside its requests.
 *
 * <p>Spark lists the files of such a table once, when the query is analysed, and reads these very
 * files in each epoch. Listing them again before an epoch is planned lets that read what is there
 * now. Stateless. Runs on: driver.
 */
final class StaticSides {

  private StaticSides() {}

  /**
   * Lists their files again, for the query whose thread this is. A table that is cached stays as it
   * was cached.
   */
  static void refresh() {
    RowPassage.ofCurrentThread().ifPresent(query -> tables(query.analyzedPlan()));
  }

  private static void tables(LogicalPlan plan) {
    Stream.concat(
            CollectionConverters.asJava(plan.children()).stream(),
            CollectionConverters.asJava(plan.subqueries()).stream())
        .forEach(StaticSides::tables);
    if (plan instanceof DataSourceV2Relation relation
        && relation.table() instanceof FileTable files) {
      files.fileIndex().refresh();
      checkIsThere(files.fileIndex());
    } else if (plan instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files) {
      files.location().refresh();
      checkIsThere(files.location());
    }
  }

  /** Spark takes a missing directory for an empty one. */
  private static void checkIsThere(FileIndex files) {
    if (files.inputFiles().length == 0) {
      CollectionConverters.asJava(files.rootPaths()).forEach(StaticSides::checkIsThere);
    }
  }

  private static void checkIsThere(Path root) {
    Configuration hadoop = SparkContext.getOrCreate().hadoopConfiguration();
    try {
      if (!root.getFileSystem(hadoop).exists(root)) {
        throw new IllegalStateException("the table at '" + root + "' is not there any more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot check the table at '" + root + "'", e);
    }
  }
}
