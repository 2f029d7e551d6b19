package io.sparkwire.spark;

import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
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
    } else if (plan.children().isEmpty()) {
      plan.refresh();
    }
  }
}
