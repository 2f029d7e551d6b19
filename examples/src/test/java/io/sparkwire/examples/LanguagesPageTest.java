package io.sparkwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/languages.md against the programs that it shows parts of. */
class LanguagesPageTest {

  private static final Path DOCS = Path.of("..", "docs");

  /** A line that ends with a link to a program, and the block of code after it. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "\\[(examples/[^\\]]+)\\]\\(\\.\\./\\1\\):\n\n```\\w+\n(.*?)```", Pattern.DOTALL);

  private static Map<String, String> blocks() throws IOException {
    return SHOWN
        .matcher(Files.readString(DOCS.resolve("languages.md")))
        .results()
        .collect(Collectors.toMap(shown -> shown.group(1), shown -> shown.group(2)));
  }

  /** The text without the indentation of its lines. */
  private static String flat(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void everyBlockIsPartOfItsProgram() throws IOException {
    Map<String, String> blocks = blocks();
    assertThat(blocks.keySet())
        .contains(
            "examples/python/talk.py",
            "examples/scala/io/sparkwire/examples/Talk.scala",
            "examples/src/main/java/io/sparkwire/examples/Talk.java",
            "examples/r/talk.R",
            "examples/spark-shell/shout.scala");
    for (Map.Entry<String, String> block : blocks.entrySet()) {
      String program = Files.readString(Path.of("..", block.getKey()));
      assertThat(block.getValue()).as(block.getKey()).isNotBlank();
      assertThat(flat(program)).as(block.getKey()).contains(flat(block.getValue()));
    }
  }
}
