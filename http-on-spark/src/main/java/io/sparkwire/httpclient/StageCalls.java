package io.sparkwire.httpclient;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Stages applied to rows, with the calls of all of them at once. Stateless. Runs on: driver. */
final class StageCalls {

  private StageCalls() {}

  /** The rows with the columns that the stages add. */
  static Dataset<Row> transform(Dataset<Row> rows, List<HttpStage<?>> stages, boolean ordered) {
    StructType schema = rows.schema();
    List<PlannedCall> calls = new ArrayList<>();
    for (HttpStage<?> stage : stages) {
      calls.add(stage.planned(schema, "__outcome_" + stage.uid()));
    }
    Dataset<Row> result = CallPlan.apply(rows, calls, ordered);
    for (HttpStage<?> stage : stages) {
      String outcome = "__outcome_" + stage.uid();
      String parsed = "__parsed_" + stage.uid();
      result = result.withColumn(parsed, stage.parse(Columns.named(outcome)));
      result = stage.results(result, outcome, parsed);
    }
    return result;
  }
}
