package io.sparkwire.model;

import static io.sparkwire.model.TrainedModels.assembler;
import static io.sparkwire.model.TrainedModels.regression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What models reply by themselves. */
class ModelReplyTest {

  private static final String PROBABILITIES = "\\{\"Adelie\":0\\.\\d+,\"Gentoo\":0\\.\\d+\\}";

  private static PipelineModel model(PipelineStage... stages) {
    return new Pipeline().setStages(stages).fit(TrainedModels.rows());
  }

  private static ModelReply reply(PipelineModel model) {
    return ModelReply.of(model, List.of(model.transform(TrainedModels.rows()).columns()));
  }

  /** The first row of the training data: x and y are 0, its species is Adelie. */
  private static String first(PipelineModel model) {
    ModelReply reply = reply(model);
    Dataset<Row> rows = reply.in(model.transform(TrainedModels.rows().limit(1)));
    Column[] columns = reply.columns().stream().map(functions::col).toArray(Column[]::new);
    return rows.select(functions.to_json(functions.struct(columns))).first().getString(0);
  }

  private static StringIndexer indexer() {
    return new StringIndexer().setInputCol("species").setOutputCol("class");
  }

  private static IndexToString translator() {
    return new IndexToString()
        .setInputCol("prediction")
        .setOutputCol("word")
        .setLabels(new String[] {"Adelie", "Gentoo"});
  }

  @Test
  void aClassifierRepliesWithItsProbabilitiesToo() {
    ModelReply reply = reply(model(assembler("x"), regression()));
    assertThat(reply)
        .isEqualTo(new ModelReply(List.of("prediction", "probability"), Map.of(), true));
  }

  @Test
  void aRegressionRepliesWithANumber() {
    ModelReply reply =
        reply(model(assembler("x"), new LinearRegression().setPredictionCol("price")));
    assertThat(reply.columns()).containsExactly("price");
    assertThat(reply.isObject()).isFalse();
  }

  @Test
  void aTranslatedClassIsAWord() {
    PipelineModel model = model(assembler("x"), regression(), translator());
    assertThat(first(model))
        .matches("\\{\"word\":\"(Adelie|Gentoo)\",\"probability\":" + PROBABILITIES + "\\}");
  }

  @Test
  void anIndexerOfTheLabelHasTheWordsToo() {
    PipelineModel model = model(indexer(), assembler("x"), regression().setLabelCol("class"));
    assertThat(first(model))
        .matches("\\{\"species\":\"(Adelie|Gentoo)\",\"probability\":" + PROBABILITIES + "\\}");
  }

  @Test
  void aClassWithoutProbabilitiesIsAWordInAnObject() {
    PipelineModel model =
        model(
            indexer(),
            assembler("x", "label"),
            new OneVsRest().setClassifier(new LinearSVC().setMaxIter(3)).setLabelCol("class"));
    assertThat(reply(model).isObject()).isTrue();
    assertThat(first(model)).isEqualTo("{\"species\":\"Adelie\"}");
  }

  @Test
  void probabilitiesThatHaveNoWordEachStayAList() {
    PipelineModel model =
        model(assembler("x"), regression(), translator().setLabels(new String[] {"a", "a"}));
    assertThat(reply(model).made()).isEmpty();
    assertThat(reply(model).columns()).containsExactly("word", "probability");
  }

  @Test
  void aWordThatIsNotThereAnyMoreIsNoReply() {
    PipelineModel model =
        model(
            assembler("x"),
            regression(),
            translator(),
            new SQLTransformer().setStatement("SELECT prediction FROM __THIS__"));
    assertThat(reply(model).columns()).containsExactly("prediction");
  }

  @Test
  void aPredictionOfAQueryIsAReply() {
    PipelineModel model =
        model(new SQLTransformer().setStatement("SELECT *, x + 1 AS prediction FROM __THIS__"));
    assertThat(reply(model).columns()).containsExactly("prediction");
  }

  @Test
  void whatPredictsNothingRepliesWithWhatItsLastStageAdds() {
    assertThat(
            reply(
                    model(
                        new CountVectorizer().setInputCol("words").setOutputCol("features"),
                        new LDA().setK(2).setMaxIter(1)))
                .columns())
        .containsExactly("topicDistribution");
    assertThat(reply(model(new Tokenizer().setInputCol("text").setOutputCol("all"))).columns())
        .containsExactly("all");
  }

  @Test
  void aQueryThatPredictsNothingHasNoUsualReply() {
    PipelineModel model =
        model(new SQLTransformer().setStatement("SELECT x, x + 1 AS y FROM __THIS__"));
    assertThatThrownBy(() -> reply(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the result has no column 'prediction', so name the reply's columns by --reply: x, y");
  }
}
