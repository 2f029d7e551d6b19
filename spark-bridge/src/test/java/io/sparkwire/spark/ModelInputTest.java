package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model gets vectors where it wants them and the requests have arrays of numbers. */
@ExtendWith(TestSpark.class)
class ModelInputTest {

  private final SparkSession spark;

  ModelInputTest(SparkSession spark) {
    this.spark = spark;
  }

  private static Transformer normalizer(String input, String output) {
    return new Normalizer().setInputCol(input).setOutputCol(output).setP(1);
  }

  private static Transformer assembler(String output, String... inputs) {
    return new VectorAssembler().setInputCols(inputs).setOutputCol(output);
  }

  private static String fitted(Transformer model, String ddl) {
    return ModelInput.fitted(model, Ddl.columns(ddl)).simpleString();
  }

  @Test
  void anArrayOfNumbersIsAVectorWhereAStageWantsOne() {
    for (String type : List.of("DOUBLE", "FLOAT", "INT", "DECIMAL(10,2)")) {
      assertThat(fitted(normalizer("a", "n"), "a ARRAY<" + type + ">, b ARRAY<INT>, c INT"))
          .isEqualTo("struct<a:vector,b:array<int>,c:int>");
    }
    assertThat(fitted(assembler("v", "x", "a", "b"), "a ARRAY<INT>, b ARRAY<DOUBLE>, x INT"))
        .isEqualTo("struct<a:vector,b:vector,x:int>");
  }

  @Test
  void aLaterStageAndAPipelineWithinCount() {
    PipelineModel inner = pipeline(assembler("v", "n", "b"));
    PipelineModel model = pipeline(normalizer("a", "n"), inner, normalizer("v", "out"));

    assertThat(fitted(model, "a ARRAY<DOUBLE>, b ARRAY<DOUBLE>"))
        .isEqualTo("struct<a:vector,b:vector>");
  }

  private static PipelineModel pipeline(Transformer... stages) {
    return new PipelineModel("pipeline", List.of(stages));
  }

  @Test
  void whatFitsOrFitsNeitherWayStaysAsItIs() {
    assertThat(fitted(normalizer("a", "n"), "a VECTOR(3), b ARRAY<DOUBLE>"))
        .isEqualTo("struct<a:vector,b:array<double>>");
    assertThat(fitted(normalizer("a", "n"), "a ARRAY<STRING>"))
        .isEqualTo("struct<a:array<string>>");
    assertThat(fitted(normalizer("gone", "n"), "a ARRAY<DOUBLE>"))
        .isEqualTo("struct<a:array<double>>");
    Transformer words = new Tokenizer().setInputCol("a").setOutputCol("w");
    assertThat(fitted(words, "a ARRAY<DOUBLE>")).isEqualTo("struct<a:array<double>>");
  }

  @Test
  void aVectorHasTheSizeOfItsArray() {
    StructType columns = Ddl.columns("a ARRAY<INT>(3), b ARRAY<INT>");
    Transformer model = pipeline(normalizer("a", "m"), normalizer("b", "n"));
    StructType fitted = ModelInput.fitted(model, columns);
    Dataset<Row> rows = spark.createDataFrame(List.of(), columns);

    assertThat(Ddl.text(fitted)).isEqualTo("a VECTOR(3),b VECTOR");
    assertThat(ModelInput.fitted(model, rows).schema().fields())
        .extracting(field -> AttributeGroup.fromStructField(field).size())
        .containsExactly(3, -1);
  }

  private static final String SCHEMA =
      "features VECTOR(3), a ARRAY<INT>, c CHAR(5), w VARCHAR(3), more ARRAY<VECTOR>";
  private static final String BODY =
      "{\"features\":[1,-0,3],\"a\":[1,3],\"c\":\"x\",\"w\":\"longer\",\"more\":[[1],[-0]]}";

  private ServingQuery start(ParseMode mode) {
    StructType schema = Ddl.columns(SCHEMA);
    String service = "vectors-" + mode;
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .load()
        .parseRequest(schema, mode)
        .mlTransform(pipeline(normalizer("features", "n"), normalizer("a", "m")))
        .transform(rows -> Serving.makeReplyOf(rows, List.of("n", "m", "c", "w", "more")))
        .replyTo(service)
        .start();
  }

  @Test
  void aServiceReadsVectorsAndTextOfDeclaredLength() throws Exception {
    try (ServingQuery strict = start(ParseMode.STRICT);
        ServingQuery permissive = start(ParseMode.PERMISSIVE)) {
      String reply =
          "{\"n\":[0.25,-0.0,0.75],\"m\":[0.25,0.75],\"c\":\"x\",\"w\":\"longer\",\"more\":[[1.0],[-0.0]]}";
      assertThat(new TestClient(strict).post(BODY).body()).isEqualTo(reply);
      assertThat(new TestClient(strict).post("\uFEFF" + BODY).body()).isEqualTo(reply);
      assertThat(new TestClient(permissive).post(BODY).body()).isEqualTo(reply);
      assertThat(new TestClient(permissive).post("\uFEFF" + BODY).body()).isEqualTo(reply);

      HttpResponse<String> wrong = new TestClient(strict).post("{\"features\":[1,2],\"a\":[1]}");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body())
          .contains(
              "field 'features' must be VECTOR(3), a JSON array of 3 numbers, got an array of"
                  + " 2");
    }
  }
}
