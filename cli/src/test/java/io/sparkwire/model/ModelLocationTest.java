package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLocationTest {

  @TempDir Path directory;

  private static String name(String location) {
    return new ModelLocation(location).name();
  }

  @Test
  void theLastDirectoryGivesTheName() {
    assertThat(name("models/churn-2")).isEqualTo("churn-2");
    assertThat(name("/models/churn/")).isEqualTo("churn");
    assertThat(name("hdfs://name:9000/models/churn")).isEqualTo("churn");
    assertThat(name("my model (1)")).isEqualTo("my_model__1_");
    assertThat(name(".")).isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
  }

  @Test
  void anAddressIsLeftToSpark() {
    assertThatCode(
            () -> new ModelLocation("hdfs://name:9000/models/churn").check(AllowedStages.DEFAULT))
        .doesNotThrowAnyException();
  }

  @Test
  void savingTakesNothingAwayButAnOlderModel() throws IOException {
    ModelLocation location = new ModelLocation(directory.toString());
    location.checkReplaceable(); // it is empty
    Path work = Files.createFile(directory.resolve("thesis.txt"));
    assertThatThrownBy(location::checkReplaceable)
        .hasMessageContaining("is there already and is no saved model");
    Files.delete(work);
    Files.createDirectory(directory.resolve("metadata"));
    location.checkReplaceable();
    new ModelLocation(directory.resolve("new").toString()).checkReplaceable();
  }
}
