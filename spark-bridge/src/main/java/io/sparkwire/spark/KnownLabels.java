package io.sparkwire.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.StringIndexerModel;

/** Texts that a model has learned for its columns, and so will not refuse. Stateless. */
public final class KnownLabels {

  private KnownLabels() {}

  /** One text for each column that the model indexes. */
  public static Map<String, String> of(Transformer model) {
    Map<String, String> labels = new HashMap<>();
    if (model instanceof PipelineModel pipeline) {
      for (Transformer stage : pipeline.stages()) {
        labels.putAll(of(stage));
      }
    } else if (model instanceof StringIndexerModel indexer) {
      String[] columns =
          indexer.isSet(indexer.inputCols())
              ? indexer.getInputCols()
              : new String[] {indexer.getInputCol()};
      for (int i = 0; i < columns.length; i++) {
        String[] known = indexer.labelsArray()[i];
        if (known.length > 0) {
          labels.put(columns[i], known[0]);
        }
      }
    }
    return labels;
  }
}
