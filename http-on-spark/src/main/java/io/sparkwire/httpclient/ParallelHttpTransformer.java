package io.sparkwire.httpclient;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Several stages that call their services for a row at the same time: a row waits for the slowest
 * of them, and not for their sum.
 *
 * <p>None of them can read what another adds. Runs on: driver. Not thread-safe.
 */
public final class ParallelHttpTransformer extends Transformer implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final StagesParam stages;
  private final BooleanParam ordered;

  public ParallelHttpTransformer(String uid) {
    this.uid = uid;
    this.stages = new StagesParam(this, "stages", "the stages that call at the same time");
    this.ordered = new BooleanParam(this, "ordered", "whether rows keep their order");
    setDefault(ordered, false);
  }

  public ParallelHttpTransformer() {
    this(HttpParser.randomUid("parallelHttp"));
  }

  public static MLReader<ParallelHttpTransformer> read() {
    return new DefaultParamsReader<>();
  }

  public static ParallelHttpTransformer load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<List<HttpStage<?>>> stages() {
    return stages;
  }

  public BooleanParam ordered() {
    return ordered;
  }

  public ParallelHttpTransformer setStages(HttpStage<?>... values) {
    set(stages, List.of(values));
    return this;
  }

  /** Whether rows keep their order; the setting of the stages is ignored. */
  public ParallelHttpTransformer setOrdered(boolean value) {
    set(ordered, value);
    return this;
  }

  private List<HttpStage<?>> chosen() {
    if (!isDefined(stages) || $(stages).isEmpty()) {
      throw new IllegalArgumentException("stage '" + uid + "' has no stages; call setStages");
    }
    return $(stages);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return StageCalls.transform(dataset.toDF(), chosen(), (boolean) $(ordered));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = schema;
    for (HttpStage<?> stage : chosen()) {
      StructType alone = stage.transformSchema(schema);
      for (int i = schema.size(); i < alone.size(); i++) {
        result = Columns.adding(result, alone.fields()[i].name(), alone.fields()[i].dataType());
      }
    }
    return result;
  }

  @Override
  public ParallelHttpTransformer copy(ParamMap extra) {
    ParallelHttpTransformer copy = (ParallelHttpTransformer) defaultCopy(extra);
    if (isDefined(stages)) {
      Stream<HttpStage<?>> copies = $(stages).stream().map(stage -> stage.copy(extra));
      copy.setStages(copies.toArray(HttpStage<?>[]::new));
    }
    return copy;
  }
}
