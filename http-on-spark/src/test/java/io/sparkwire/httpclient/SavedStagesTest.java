package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestSpark.class)
@Timeout(120)
class SavedStagesTest {

  private final Dataset<Row> rows;
  @TempDir Path directory;

  SavedStagesTest(SparkSession spark) {
    rows = spark.range(5).select(struct(col("id")).as("value"));
  }

  /** A function that can be saved. */
  public static final class Status implements UserFunction<Row, Integer> {
    @Override
    public Integer apply(Row response) {
      return response.getStruct(0).getAs("statusCode");
    }
  }

  private static SimpleHttpTransformer simple(TestService service, String path, String output) {
    return new SimpleHttpTransformer()
        .setInputCol("value")
        .setOutputCol(output)
        .setUrl(service.url(path));
  }

  private PipelineModel saved(PipelineStage... stages) throws IOException {
    PipelineModel model = new Pipeline().setStages(stages).fit(rows);
    String path = directory.resolve("model").toString();
    model.write().overwrite().save(path);
    return PipelineModel.load(path);
  }

  private String savedText() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        text.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }

  private static TestService echo() {
    return TestService.http(
        request ->
            request
                .body()
                .onSuccess(
                    body ->
                        request
                            .response()
                            .end("{\"is\":" + body + ",\"at\":\"" + request.path() + "\"}")));
  }

  @Test
  void aPipelineOfAllStagesGivesTheSameWhenItIsLoaded() throws IOException {
    try (TestService service = echo()) {
      Transformer parallel =
          new ParallelHttpTransformer()
              .setStages(
                  simple(service, "a", "a")
                      .setOutputParser(
                          new JsonOutputParser().setDataType("is STRUCT<id: BIGINT>, at STRING"))
                      .setConcurrency(3)
                      .setTotalTimeout(Duration.ofSeconds(7))
                      .setHeaders(Map.of("X-A", "1")),
                  simple(service, "b", "b").setBatchSize(2).setFlattenOutput(false));
      Transformer custom =
          simple(service, "c", "c")
              .setOutputParser(
                  new CustomOutputParser().setFunction(new Status(), DataTypes.IntegerType));
      PipelineStage[] apart = {
        parallel,
        custom,
        new JsonInputParser().setInputCol("value").setOutputCol("q").setUrl(service.url("d")),
        new HttpTransformer().setInputCol("q").setOutputCol("r").setOrdered(true),
        new StringOutputParser().setInputCol("r").setOutputCol("d")
      };
      PipelineModel loaded = saved(apart);
      List<Row> before =
          new Pipeline()
              .setStages(apart)
              .fit(rows)
              .transform(rows)
              .select("value", "a", "c", "d")
              .collectAsList();
      List<Row> after = loaded.transform(rows).select("value", "a", "c", "d").collectAsList();
      assertThat(after).containsExactlyInAnyOrderElementsOf(before);
      assertThat(after.get(0).getStruct(1).getString(1)).isEqualTo("/a");
      assertThat(after.get(0).getInt(2)).isEqualTo(200);
      assertThat(after.get(0).getString(3)).contains("\"at\":\"/d\"");
      assertThat(loaded.stages()[0].explainParams()).contains("stages");
    }
  }

  @Test
  void credentialsAreNotSaved() throws IOException {
    try (TestService service =
        TestService.http(r -> r.response().end("" + r.getHeader("Authorization")))) {
      SimpleHttpTransformer stage = simple(service, "", "answer");
      stage.setAuthorization(() -> "Bearer secret-7");
      assertThat(stage.transform(rows).select("answer").head().getString(0))
          .isEqualTo("Bearer secret-7");
      PipelineModel loaded = saved(stage);
      assertThat(savedText()).contains("simpleHttp").doesNotContain("secret-7");
      assertThat(loaded.transform(rows).select("answer").head().getString(0)).isEqualTo("null");
      ((SimpleHttpTransformer) loaded.stages()[0]).setAuthorization(() -> "Bearer other");
      assertThat(loaded.transform(rows).select("answer").head().getString(0))
          .isEqualTo("Bearer other");
    }
  }

  @Test
  void aLambdaCannotBeSaved() {
    SimpleHttpTransformer stage =
        new SimpleHttpTransformer()
            .setInputCol("value")
            .setOutputCol("answer")
            .setInputParser(
                new CustomInputParser().setFunction((Row value) -> HttpCall.get("http://a/")));
    assertThatThrownBy(() -> saved(stage))
        .hasMessageContaining("cannot be saved, because it is a lambda")
        .hasMessageContaining("make it a public class");
  }

  @Test
  void whatCannotWorkIsReportedBeforeAnythingRuns() {
    SimpleHttpTransformer stage = new SimpleHttpTransformer().setInputCol("value");
    assertThatThrownBy(() -> stage.setOutputCol("o").transformSchema(rows.schema()))
        .hasMessageContaining("has no URL; call setUrl");
    stage.setUrl("http://a/");
    assertThatThrownBy(() -> stage.setOutputCol("value").transformSchema(rows.schema()))
        .hasMessageContaining("there is a column 'value' already");
    assertThatThrownBy(() -> stage.setInputCol("nope").transformSchema(rows.schema()))
        .hasMessageContaining("there is no column 'nope'; there are value");
    stage.setInputCol("value").setOutputCol("o");
    assertThatThrownBy(() -> stage.setConcurrency(0).transformSchema(rows.schema()))
        .hasMessageContaining("param 'concurrency' must be 1 to 4096, got '0'");
    stage.setConcurrency(1);
    assertThat(stage.transformSchema(rows.schema()).fieldNames())
        .containsExactly("value", "o", "o_error");
    assertThat(stage.transform(rows).schema()).isEqualTo(stage.transformSchema(rows.schema()));
    assertThatThrownBy(
            () ->
                new HttpTransformer()
                    .setInputCol("value")
                    .setOutputCol("o")
                    .transformSchema(rows.schema()))
        .hasMessageContaining("column 'value' must be a request");
  }
}
