package io.sparkwire.spark;

import io.sparkwire.spark.plan.ServedPlan;
import io.sparkwire.spark.source.SparkwireOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The services whose requests a pipeline reads, by the sources of its plan. Stateless. Runs on:
 * driver.
 */
final class RequestSources {

  private RequestSources() {}

  /**
   * The options of the source that has the requests of a service.
   *
   * @throws IllegalArgumentException if the rows do not come from requests of that service
   */
  static SparkwireOptions of(Dataset<Row> rows, String service) {
    return all(rows)
        .filter(found -> found.service().name().equals(service))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the replies do not come from requests of a service '" + service + "'"));
  }

  /**
   * The name of the one service whose requests the rows come from.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static String service(Dataset<Row> rows) {
    List<String> names = all(rows).map(found -> found.service().name()).distinct().toList();
    if (names.size() != 1) {
      throw new IllegalArgumentException(
          "the rows must come from requests of one service, but they come from "
              + (names.isEmpty() ? "none" : "those of " + String.join(", ", names)));
    }
    return names.get(0);
  }

  private static Stream<SparkwireOptions> all(Dataset<Row> rows) {
    return options(rows).map(SparkwireOptions::of);
  }

  /** The options of each source, as its user has set them. */
  static Stream<Map<String, String>> options(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    return CollectionConverters.asJava(plan.collectLeaves()).stream()
        .filter(ServedPlan::isSource)
        .map(StreamingRelationV2.class::cast)
        .map(relation -> relation.extraOptions().asCaseSensitiveMap());
  }
}
