package io.sparkwire.model;

import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;

/**
 * One stage of a model, for people. Immutable.
 *
 * @param kind its class, without the package
 * @param reads the columns that it may read; a query in place of them if it is one
 * @param writes the columns that it may add
 */
public record StageSummary(String kind, String reads, String writes) {

  /** The stages of a model, as messages number them. */
  public static List<StageSummary> of(Transformer model) {
    return ModelStages.flat(model)
        .map(
            stage ->
                new StageSummary(
                    stage.getClass().getSimpleName(),
                    stage instanceof SQLTransformer query
                        ? query.getStatement()
                        : String.join(", ", StageColumns.read(stage)),
                    String.join(", ", StageColumns.written(stage))))
        .toList();
  }
}
