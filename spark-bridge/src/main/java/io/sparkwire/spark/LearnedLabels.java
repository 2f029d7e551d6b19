package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.Expressions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Values of columns that the models in a plan have learned, and so will not refuse: SparkML writes
 * them into the metadata of what it computes from such a column.
 *
 * <p>Stateless. Runs on: driver.
 */
final class LearnedLabels {

  private static final String ATTRIBUTE = "ml_attr";
  private static final String VALUES = "vals";

  private LearnedLabels() {}

  /** One label for each column from which a plan computes an index. */
  static Map<ExprId, String> in(LogicalPlan plan) {
    Map<ExprId, String> labels = new HashMap<>();
    plan.foreach(
        node -> {
          Expressions.of(node)
              .filter(Alias.class::isInstance)
              .map(Alias.class::cast)
              .forEach(column -> labelOf(column).forEach(labels::putIfAbsent));
          return null;
        });
    return labels;
  }

  private static Map<ExprId, String> labelOf(Alias column) {
    List<Attribute> from = CollectionConverters.asJava(column.child().references().toSeq());
    return from.size() != 1
        ? Map.of()
        : labels(column.metadata())
            .limit(1)
            .collect(
                HashMap::new, (map, label) -> map.put(from.get(0).exprId(), label), Map::putAll);
  }

  private static Stream<String> labels(Metadata metadata) {
    if (!metadata.contains(ATTRIBUTE) || !metadata.getMetadata(ATTRIBUTE).contains(VALUES)) {
      return Stream.empty();
    }
    return Stream.of(metadata.getMetadata(ATTRIBUTE).getStringArray(VALUES));
  }
}
