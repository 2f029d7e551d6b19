package io.sparkwire.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import ml.combust.mleap.core.classification.LogisticRegressionModel;
import ml.combust.mleap.core.classification.ProbabilisticLogisticsRegressionModel;
import ml.combust.mleap.core.feature.HandleInvalid;
import ml.combust.mleap.core.feature.ImputerModel;
import ml.combust.mleap.core.feature.OneHotEncoderModel;
import ml.combust.mleap.core.feature.ReverseStringIndexerModel;
import ml.combust.mleap.core.feature.StringIndexerModel;
import ml.combust.mleap.core.feature.VectorAssemblerModel;
import ml.combust.mleap.core.types.DataShape;
import ml.combust.mleap.core.types.NodeShape;
import ml.combust.mleap.core.types.ScalarShape;
import ml.combust.mleap.core.types.TensorShape;
import ml.combust.mleap.runtime.frame.Transformer;
import ml.combust.mleap.runtime.transformer.Pipeline;
import ml.combust.mleap.runtime.transformer.PipelineModel;
import ml.combust.mleap.runtime.transformer.classification.LogisticRegression;
import ml.combust.mleap.runtime.transformer.feature.Imputer;
import ml.combust.mleap.runtime.transformer.feature.OneHotEncoder;
import ml.combust.mleap.runtime.transformer.feature.ReverseStringIndexer;
import ml.combust.mleap.runtime.transformer.feature.StringIndexer;
import ml.combust.mleap.runtime.transformer.feature.VectorAssembler;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The demo's classifier of penguins, rebuilt in MLeap from the parameters that Spark has learned.
 */
final class SpeciesPipeline {
  private static final List<String> NUMBERS =
      List.of("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g");
  private static final HandleInvalid KEEP = HandleInvalid.fromString("keep", false);
  private static final HandleInvalid ERROR = HandleInvalid.fromString("error", false);
  private static final String FILLED = "filled_";
  private static final String INDEX = "_index";
  private static final String VECTOR = "_vector";

  private final JsonObject parameters;
  private final List<Transformer> stages = new ArrayList<>();

  /**
   * @param parameters medians, labels, sizes, coefficients and names of a saved model
   */
  SpeciesPipeline(JsonObject parameters) {
    this.parameters = parameters;
  }

  Transformer build() {
    for (int i = 0; i < NUMBERS.size(); i++) {
      impute(NUMBERS.get(i), parameters.getJsonArray("medians").getDouble(i));
    }
    encode("island", "islands", 0);
    encode("sex", "sexes", 1);
    assemble();
    classify();
    name();
    return Pipeline.apply("species", empty(), PipelineModel.apply(seq(stages)));
  }

  static <T> Seq<T> seq(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toList();
  }

  private static NodeShape empty() {
    return NodeShape.apply(seq(List.of()), seq(List.of()));
  }

  private static NodeShape shape(String input, String output) {
    return empty().withStandardInput(input).withStandardOutput(output);
  }

  private void impute(String column, double median) {
    stages.add(
        Imputer.apply(
            "impute_" + column,
            shape(column, FILLED + column),
            new ImputerModel(median, Double.NaN, "median", true)));
  }

  private void encode(String column, String labels, int place) {
    stages.add(
        StringIndexer.apply(
            "index_" + column,
            shape(column, column + INDEX),
            new StringIndexerModel(seq(texts(labels)), KEEP)));
    stages.add(
        OneHotEncoder.apply(
            "encode_" + column,
            empty().withInput("input0", column + INDEX).withOutput("output0", column + VECTOR),
            new OneHotEncoderModel(new int[] {size(place)}, ERROR, true)));
  }

  private void assemble() {
    NodeShape shape = empty().withStandardOutput("features");
    List<DataShape> shapes = new ArrayList<>();
    for (String number : NUMBERS) {
      shape = shape.withInput("input" + shapes.size(), FILLED + number);
      shapes.add(ScalarShape.apply(false));
    }
    for (String text : List.of("island", "sex")) {
      shape = shape.withInput("input" + shapes.size(), text + VECTOR);
      int length = size(shapes.size() - NUMBERS.size()) - 1;
      shapes.add(TensorShape.apply(Option.apply(seq(List.<Object>of(length))), false));
    }
    stages.add(VectorAssembler.apply("assemble", shape, new VectorAssemblerModel(seq(shapes))));
  }

  private void classify() {
    double[] coefficients = numbers("coefficientsByColumn");
    double[] intercepts = numbers("intercepts");
    int classes = parameters.getInteger("classes");
    DenseMatrix matrix =
        new DenseMatrix(classes, coefficients.length / classes, coefficients, false);
    NodeShape shape =
        NodeShape.probabilisticClassifier(
            "features", "prediction", Option.apply("raw"), Option.apply("probability"));
    stages.add(
        LogisticRegression.apply(
            "classify",
            shape,
            new LogisticRegressionModel(
                new ProbabilisticLogisticsRegressionModel(
                    matrix, new DenseVector(intercepts), Option.empty()))));
  }

  private void name() {
    stages.add(
        ReverseStringIndexer.apply(
            "name",
            shape("prediction", "species"),
            new ReverseStringIndexerModel(seq(texts("species")), ScalarShape.apply(false))));
  }

  private int size(int place) {
    return parameters.getJsonArray("categorySizes").getInteger(place);
  }

  private List<String> texts(String name) {
    return parameters.getJsonArray(name).stream().map(String.class::cast).toList();
  }

  private double[] numbers(String name) {
    JsonArray array = parameters.getJsonArray(name);
    return array.stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
  }
}
