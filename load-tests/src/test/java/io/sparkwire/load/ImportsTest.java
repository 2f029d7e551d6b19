package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImportsTest {
  @Test
  void thisModuleKnowsNeitherSparkNorSparkwiresSparkSide() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }

    assertThat(sources).hasSizeGreaterThan(20);
    assertThat(sources).allSatisfy(source -> assertThat(imports(source)).isEmpty());
  }

  private static List<String> imports(Path source) throws IOException {
    return Files.readAllLines(source).stream()
        .filter(
            line ->
                line.matches("import (static )?(org\\.apache\\.spark|io\\.sparkwire\\.spark)\\b.*"))
        .toList();
  }
}
