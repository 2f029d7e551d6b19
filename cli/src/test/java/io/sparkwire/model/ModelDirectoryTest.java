package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelDirectoryTest {

  @TempDir Path directory;

  private Path model(String... path) throws IOException {
    Path model = directory;
    for (String part : path) {
      model = model.resolve(part);
    }
    Files.createDirectories(model.resolve("metadata"));
    Files.writeString(model.resolve("metadata").resolve("part-0"), "{}");
    return model;
  }

  @Test
  void anEmptyDirectoryHasNoVersion() {
    assertThat(new ModelDirectory(directory).newest()).isEmpty();
    assertThat(new ModelDirectory(directory.resolve("absent")).newest()).isEmpty();
  }

  @Test
  void theLastByNameIsTheNewest() throws IOException {
    model("v9");
    Path ten = model("v10");
    Files.createDirectories(directory.resolve("v11-not-a-model"));

    assertThat(new ModelDirectory(directory).newest())
        .hasValueSatisfying(
            version -> {
              assertThat(version.name()).isEqualTo("v10");
              assertThat(version.path()).isEqualTo(ten);
            });
  }

  @Test
  void aModelInPlaceIsTheVersion() throws IOException {
    model();
    model("v1");
    assertThat(new ModelDirectory(directory).newest())
        .hasValueSatisfying(version -> assertThat(version.path()).isEqualTo(directory));
  }

  @Test
  void whatChangesIsDifferent() throws IOException {
    Path model = model("v1");
    ModelDirectory watched = new ModelDirectory(directory);
    ModelVersion before = watched.newest().orElseThrow();
    assertThat(watched.newest()).hasValue(before);

    Files.writeString(model.resolve("stage"), "more");
    assertThat(watched.newest()).isNotEmpty().get().isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"v9,v10", "1,2", "2026-01-02,2026-01-10", "a,b", "v1,v1.1", "v01,v2"})
  void namesCompareAsPeopleCount(String earlier, String later) {
    assertThat(ModelDirectory.compare(earlier, later)).isNegative();
    assertThat(ModelDirectory.compare(later, earlier)).isPositive();
    assertThat(ModelDirectory.compare(earlier, earlier)).isZero();
  }
}
