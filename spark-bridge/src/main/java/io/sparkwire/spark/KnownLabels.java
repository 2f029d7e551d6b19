package io.sparkwire.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.RFormulaModel;
import org.apache.spark.ml.feature.StringIndexerModel;

/** Texts that a model has learned for its columns, and so will not refuse. Stateless. */
public final class KnownLabels {

  private KnownLabels() {}

  /** One text for each column that the model indexes; none if there is no model. */
  public static Map<String, String> of(Transformer model) {
    Map<String, String> labels = new HashMap<>();
    for (Transformer stage : model == null ? List.<Transformer>of() : ModelInput.stages(model)) {
      if (stage instanceof RFormulaModel formula) {
        labels.putAll(of(formula.pipelineModel()));
      } else if (stage instanceof StringIndexerModel indexer) {
        labels.putAll(of(indexer));
      }
    }
    return labels;
  }

  private static Map<String, String> of(StringIndexerModel indexer) {
    Map<String, String> labels = new HashMap<>();
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
    return labels;
  }
}
