package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.catalyst.Ddl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories as MLflow 2 and 3 log them. */
class MlflowModelTest {

  @TempDir Path directory;

  private ModelLocation write(String yaml) throws IOException {
    Files.writeString(directory.resolve("MLmodel"), yaml);
    return new ModelLocation(directory.toString());
  }

  private ModelLocation signed(String inputs) throws IOException {
    return write(
        """
        artifact_path: model
        flavors:
          python_function:
            data: sparkml
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.spark
            python_version: 3.11.2
          spark:
            code: null
            model_data: sparkml
            pyspark_version: 4.1.0
        mlflow_version: 3.17.2
        model_id: m-1fd29cf0a64d43cdb1ec4bd4b80a94d6
        signature:
          inputs: '%s'
          outputs: '[{"type": "double", "required": true}]'
          params: null
        utc_time_created: '2026-11-20 10:11:12.131415'
        """
            .formatted(inputs));
  }

  private Optional<String> columns(String inputs) throws IOException {
    return signed(inputs).signature(TrainedModels.spark()).map(Ddl::text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"type\": \"boolean\" | BOOLEAN",
        "\"type\": \"integer\" | INT",
        "\"type\": \"long\" | BIGINT",
        "\"type\": \"float\" | FLOAT",
        "\"type\": \"double\" | DOUBLE",
        "\"type\": \"string\" | STRING",
        "\"type\": \"binary\" | BINARY",
        "\"type\": \"datetime\" | TIMESTAMP",
        "\"type\": \"sparkml_vector\" | VECTOR",
        "\"type\": \"array\", \"items\": {\"type\": \"long\"} | ARRAY<BIGINT>",
        "\"type\": \"array\", \"items\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}} | ARRAY<ARRAY<STRING>>",
        "\"type\": \"map\", \"values\": {\"type\": \"double\"} | MAP<STRING, DOUBLE>",
        "\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"long\", \"required\": true}, \"b\": {\"type\": \"string\", \"required\": false}} | STRUCT<a: BIGINT, b: STRING>",
        "\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float64\", \"shape\": [-1]} | DOUBLE",
        "\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float32\", \"shape\": [-1, 3]} | ARRAY<FLOAT>",
        "\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"int64\", \"shape\": [-1, 2, 2]} | ARRAY<ARRAY<BIGINT>>",
      })
  void everyTypeOfASignatureIsOneOfARequest(String spec, String type) throws IOException {
    assertThat(columns("[{" + spec + ", \"name\": \"a\", \"required\": false}]"))
        .contains("a " + type);
  }

  @Test
  void whatMlflowRequiresMayBeNull() throws IOException {
    assertThat(
            columns(
                "[{\"type\": \"double\", \"name\": \"a b\", \"required\": true}, {\"type\":"
                    + " \"double\", \"name\": \"c\"}, {\"type\": \"double\", \"name\": \"d\","
                    + " \"optional\": true}]"))
        .contains("`a b` DOUBLE,c DOUBLE,d DOUBLE");
  }

  @Test
  void aSignatureWithoutNamesSaysNothing() throws IOException {
    assertThat(
            columns(
                "[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float64\", \"shape\": [-1,"
                    + " 2]}}]"))
        .isEmpty();
    assertThat(columns("[]")).isEmpty();
    assertThat(write("flavors: {spark: {model_data: m}}").signature(TrainedModels.spark()))
        .isEmpty();
  }

  @Test
  void aTypeThatIsNoneOfARequestIsNamed() throws IOException {
    ModelLocation location = signed("[{\"type\": \"any\", \"name\": \"a\", \"required\": true}]");
    assertThatThrownBy(() -> location.signature(TrainedModels.spark()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "'%s/MLmodel' gives column 'a' the type 'any', which no request can have; give --schema"
                .formatted(directory));
  }

  @Test
  void aSignatureThatIsNotWholeIsNamed() throws IOException {
    for (String inputs : new String[] {"[{\"type\": ", "[1]", "[{\"name\": \"a\"}]"}) {
      ModelLocation location = signed(inputs);
      assertThatThrownBy(() -> location.signature(TrainedModels.spark()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "'" + directory + "/MLmodel' has a signature that cannot be read");
    }
  }

  @Test
  void aModelOfAnotherKindIsNamed() throws IOException {
    ModelLocation location = write("flavors:\n  python_function: {}\n  sklearn: {}\n");
    assertThatThrownBy(() -> location.check(AllowedStages.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "'%s/MLmodel' describes no SparkML model: its flavors are [python_function, sklearn];"
                    .formatted(directory)
                + " log the model with mlflow.spark");
  }

  @Test
  void aFileThatIsNoYamlIsNamed() throws IOException {
    assertThatThrownBy(() -> write("a: [").check(AllowedStages.DEFAULT))
        .hasMessageStartingWith("'" + directory + "/MLmodel' cannot be read as YAML: ");
    assertThatThrownBy(() -> write("text").check(AllowedStages.DEFAULT))
        .hasMessage("'" + directory + "/MLmodel' must be a YAML map, as MLflow writes it");
  }

  @Test
  void aModelThatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> signed("[]").check(AllowedStages.DEFAULT))
        .hasMessage(
            "the directory '%s/sparkml' holds no saved SparkML model: it has no 'metadata' inside;"
                    .formatted(directory)
                + " check --model");
  }

  @Test
  void theModelBelowIsTheModel() throws IOException {
    new TrainedModels(directory)
        .save(TrainedModels.assembler("x", "y"), TrainedModels.regression());
    Files.move(directory.resolve("model"), directory.resolve("sparkml"));
    for (String inputs : new String[] {"[{\"type\": \"long\", \"name\": \"x\"}]", "[]"}) {
      ModelLocation local = signed(inputs);
      local.check(AllowedStages.DEFAULT);
      String found = inputs.equals("[]") ? "x DOUBLE,y DOUBLE" : "x BIGINT";
      assertThat(Ddl.text(TrainedModels.schema(local, null).columns())).isEqualTo(found);
      ModelLocation address = new ModelLocation(directory.toUri().toString());
      assertThat(Ddl.text(TrainedModels.schema(address, null).columns())).isEqualTo(found);
    }
    Transformer model =
        new ModelLocation(directory.toString()).load(TrainedModels.spark(), AllowedStages.DEFAULT);
    assertThat(model.transform(TrainedModels.rows()).columns()).contains("prediction");
  }

  @Test
  void aDirectoryOfMlflowIsAVersion() throws IOException {
    directory = Files.createDirectory(directory.resolve("3")); // of a directory of versions
    signed("[]");
    assertThat(new ModelDirectory(directory).newest().orElseThrow().path()).isEqualTo(directory);
    assertThat(new ModelDirectory(directory.getParent()).newest().orElseThrow().name())
        .isEqualTo(directory.getFileName().toString());
  }
}
