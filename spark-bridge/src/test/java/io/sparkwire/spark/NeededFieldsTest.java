package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.RFormula;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.feature.VectorIndexer;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is asked for is what a batch throws without; every test compares the two. */
@ExtendWith(TestSpark.class)
class NeededFieldsTest {

  private static final String SCHEMA = "a DOUBLE, b DOUBLE, colour STRING, words ARRAY<STRING>";

  private final SparkSession spark;

  NeededFieldsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> training() {
    return spark.sql(
        "SELECT * FROM VALUES (1.0D, 150.0D, 'red', array('one', 'two'), 1.0D, 1, 1, 3.0F),"
            + " (2.0D, 250.0D, 'blue', array('two'), 0.0D, 1, 2, 4.0F),"
            + " (4.0D, 260.0D, 'red', array('three'), 0.0D, 2, 1, 1.0F)"
            + " AS rows(a, b, colour, words, label, user, item, rating)");
  }

  private PipelineModel fit(PipelineStage... stages) {
    return new Pipeline().setStages(stages).fit(training());
  }

  private static VectorAssembler assembler(String... inputs) {
    return new VectorAssembler().setInputCols(inputs).setOutputCol("features");
  }

  private static StringIndexer indexer() {
    return new StringIndexer().setInputCol("colour").setOutputCol("index");
  }

  private static Bucketizer bucketizer(String column, double... splits) {
    return new Bucketizer().setInputCol(column).setOutputCol("bucket").setSplits(splits);
  }

  private ServingPipeline requests(String ddl) {
    return Serving.on(spark).server("127.0.0.1", 0, "needed").load().parseRequest(ddl);
  }

  private static Set<String> asked(ServingPipeline replies) {
    String body = PipelineSchema.of(NeededFields.in(replies.dataset())).body();
    return Arrays.stream(Ddl.columns(body).fields())
        .filter(field -> !field.nullable())
        .map(StructField::name)
        .collect(Collectors.toSet());
  }

  /** The columns with whose null a batch throws. */
  private Set<String> throwing(PipelineModel model, String ddl, String reply) {
    Dataset<Row> whole = training().limit(1);
    Set<String> throwing = new HashSet<>();
    StructType schema = Ddl.columns(ddl);
    for (String absent : schema.fieldNames()) {
      Column[] columns =
          Arrays.stream(schema.fields())
              .map(
                  f ->
                      (f.name().equals(absent) ? functions.lit(null) : value(f))
                          .cast(f.dataType())
                          .as(f.name()))
              .toArray(Column[]::new);
      Dataset<Row> rows = whole.select(columns);
      try {
        ModelOnStream.transform(model, ModelInput.fitted(model, rows))
            .select(reply)
            .collectAsList();
      } catch (Exception e) {
        throwing.add(absent);
      }
    }
    return throwing;
  }

  private static Column value(StructField field) {
    return field.name().equals("v")
        ? functions.array(functions.lit(1), functions.lit(2))
        : col(field.name());
  }

  private void asksFor(PipelineModel model, String ddl, String reply, String... fields) {
    assertThat(throwing(model, ddl, reply)).as("a batch").containsExactlyInAnyOrder(fields);
    assertThat(asked(requests(ddl).mlTransform(model).makeReply(reply)))
        .as("a service")
        .containsExactlyInAnyOrder(fields);
  }

  @Test
  void anAssemblerAsItHandlesWhatIsInvalid() {
    asksFor(fit(assembler("a", "b")), SCHEMA, "features", "a", "b");
    asksFor(fit(assembler("a", "b").setHandleInvalid("keep")), SCHEMA, "features");
    asksFor(fit(assembler("a", "b").setHandleInvalid("skip")), SCHEMA, "features");
  }

  @Test
  void anIndexOfLabelsAsItHandlesWhatIsInvalid() {
    asksFor(fit(indexer()), SCHEMA, "index", "colour");
    asksFor(fit(indexer().setHandleInvalid("keep")), SCHEMA, "index");
    asksFor(fit(indexer().setHandleInvalid("skip")), SCHEMA, "index");
  }

  @Test
  void whatIsBehindAnIndexOfLabels() {
    OneHotEncoder encoder = new OneHotEncoder().setInputCol("index").setOutputCol("hot");
    asksFor(fit(indexer(), encoder, assembler("hot", "a")), SCHEMA, "features", "colour", "a");
    VectorIndexer categories = new VectorIndexer().setInputCol("features").setOutputCol("indexed");
    asksFor(
        fit(indexer(), assembler("index", "a", "b"), categories),
        SCHEMA,
        "indexed",
        "colour",
        "a",
        "b");
  }

  @Test
  void bucketsAloneLetNullThroughAndAnAssemblerBehindThemDoesNot() {
    Bucketizer buckets = bucketizer("b", 100, 200, 300); // and so no number that one would try
    asksFor(fit(buckets), SCHEMA, "bucket");
    asksFor(fit(buckets, assembler("bucket", "a")), SCHEMA, "features", "b", "a");
    Bucketizer open = bucketizer("b", Double.NEGATIVE_INFINITY, -1000, 300);
    asksFor(fit(open, assembler("bucket", "a")), SCHEMA, "features", "b", "a");
  }

  @Test
  void whatIsFilledInIsNotNeeded() {
    Imputer imputer =
        new Imputer().setInputCols(new String[] {"a"}).setOutputCols(new String[] {"wholeA"});
    asksFor(fit(imputer, assembler("wholeA", "b")), SCHEMA, "features", "b");
    SQLTransformer sql =
        new SQLTransformer()
            .setStatement("SELECT *, coalesce(a, 0) AS filled, a * b AS area FROM __THIS__");
    asksFor(fit(sql, assembler("filled")), SCHEMA, "features");
    asksFor(fit(sql, assembler("area")), SCHEMA, "features", "a", "b");
  }

  @Test
  void textAndWords() {
    Tokenizer tokenizer = new Tokenizer().setInputCol("colour").setOutputCol("tokens");
    asksFor(fit(tokenizer), SCHEMA, "tokens", "colour");
    HashingTF counts = new HashingTF().setInputCol("words").setOutputCol("counts");
    asksFor(fit(counts.setNumFeatures(8)), SCHEMA, "counts", "words");
  }

  @Test
  void aFormula() {
    RFormula formula = new RFormula().setFormula("label ~ a + colour + a:b");
    asksFor(
        fit(formula, new LogisticRegression().setMaxIter(1)),
        SCHEMA,
        "prediction",
        "a",
        "b",
        "colour");
  }

  @Test
  void aVectorWhetherOrNotItIsAnArray() {
    Normalizer normalizer = new Normalizer().setInputCol("v").setOutputCol("n");
    PipelineModel model = fitless(normalizer);
    asksFor(model, "v ARRAY<DOUBLE>, a DOUBLE", "n", "v");
    assertThat(asked(requests("v VECTOR(7), a DOUBLE").mlTransform(model).makeReply("n")))
        .containsExactly("v");
  }

  @Test
  void aVectorOfDeclaredSizeIsAssembled() {
    ServingPipeline assembled =
        requests("v VECTOR(3), a DOUBLE").mlTransform(fitless(assembler("v", "a")));
    assertThat(asked(assembled.makeReply("features"))).containsExactlyInAnyOrder("v", "a");
  }

  private static PipelineModel fitless(Transformer... stages) {
    return new PipelineModel("pipeline", List.of(stages));
  }

  @Test
  void usersAndItemsOfARecommendation() {
    ALS als = new ALS().setUserCol("user").setItemCol("item").setRatingCol("rating");
    asksFor(fit(als.setMaxIter(1).setRank(2)), "user INT, item INT", "prediction", "user", "item");
  }

  /** Spark computes all columns of rows that are constants, so a batch of them is no measure. */
  @Test
  void aFieldThatTheReplyDoesNotNeedMayBeAbsent() {
    PipelineModel model =
        fit(indexer(), assembler("a", "b"), new LogisticRegression().setMaxIter(1));
    ServingPipeline predicted = requests(SCHEMA).mlTransform(model);

    assertThat(asked(predicted.makeReply("prediction"))).containsExactlyInAnyOrder("a", "b");
    assertThat(asked(predicted.makeReply("index"))).containsExactly("colour");
  }

  @Test
  void aFunctionOfAUserIsNotCalledAndWhatIsBelowItIsKnown() {
    UDF1<Double, Double> function =
        number -> {
          throw new IllegalStateException("called at the start");
        };
    Column called = udf(function, DataTypes.DoubleType).apply(col("b"));
    PipelineModel model = fit(assembler("a"));
    ServingPipeline below =
        requests(SCHEMA).mlTransform(model).transform(rows -> rows.withColumn("c", called));
    assertThat(asked(below.transform(rows -> Serving.makeReplyOf(rows, List.of("c", "features")))))
        .containsExactly("a");
    ServingPipeline above =
        requests(SCHEMA).transform(rows -> rows.withColumn("a", called)).mlTransform(model);
    assertThat(asked(above.makeReply("features"))).isEmpty();
  }

  @Test
  void aPipelineWithoutAModelAsksForNothing() {
    ServingPipeline query =
        requests(SCHEMA).sql("SELECT assert_true(a IS NOT NULL) AS said FROM requests");
    assertThat(asked(query.makeReply("said"))).isEmpty();
  }

  @Test
  void aServiceNamesTheFieldAndReadsWhatIsNotFiniteIfAsked() throws Exception {
    String ddl = "a DOUBLE, b FLOAT, v VECTOR";
    PipelineModel model = fit(assembler("a", "b").setHandleInvalid("error"));
    Imputer imputer =
        new Imputer().setInputCols(new String[] {"a"}).setOutputCols(new String[] {"a2"});
    PipelineModel filling = fit(imputer, assembler("a2"));
    try (ServingQuery refusing = start("refusing", "refuse", ddl, model, "features");
        ServingQuery reading = start("reading", "READ", ddl, filling, "a", "b", "v", "features")) {
      assertThat(new TestClient(refusing).post("{\"b\":1}").body())
          .contains("\"status\":400", "field 'a' is missing, but the schema declares it NOT NULL");
      assertThat(new TestClient(refusing).post("{\"b\":1,\"a\":\"NaN\"}").body())
          .contains("field 'a' must be DOUBLE, got a string \\\"NaN\\\"");
      assertThat(
              new TestClient(reading)
                  .post("{\"a\":\"NaN\",\"b\":\"-Infinity\",\"v\":[1,\"Infinity\"]}")
                  .body())
          .startsWith(
              "{\"a\":\"NaN\",\"b\":\"-Infinity\",\"v\":[1.0,\"Infinity\"],\"features\":[2.333");
    }
  }

  private ServingQuery start(
      String service, String nonFinite, String ddl, PipelineModel model, String... reply) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .option("non-finite", nonFinite)
        .load()
        .parseRequest(ddl)
        .mlTransform(model)
        .transform(rows -> Serving.makeReplyOf(rows, List.of(reply)))
        .replyTo(service)
        .start();
  }
}
