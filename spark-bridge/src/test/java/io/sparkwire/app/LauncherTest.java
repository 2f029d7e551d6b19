package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code sparkwire}, with a {@code java} that prints what it was called with. */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "sparkwire");
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "%s"' >&2
      else
        printf '%%s\\n' "$@"
      fi
      """;

  @TempDir Path home;
  private Path launcher;
  private Path jar;

  @BeforeEach
  void installWithAJarThatIsBuilt() throws IOException {
    launcher = executable(home.resolve("sparkwire"), Files.readString(SCRIPT));
    Path target = Files.createDirectories(home.resolve("spark-bridge/target"));
    jar = Files.createFile(target.toRealPath().resolve("sparkwire.jar"));
    installJava("17.0.15");
  }

  private void installJava(String version) throws IOException {
    Path bin = Files.createDirectories(home.resolve("jdk/bin"));
    executable(bin.resolve("java"), JAVA.formatted(version));
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** What it printed, in lines: the arguments of {@code java}, or why there are none. */
  private List<String> run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.matches("JAVA_.*|JDK_.*|SPARKWIRE_.*"));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().putAll(variables);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed.lines().toList();
  }

  @Test
  void theJarIsRunWithTheCallersArgumentsAsTheyAre() throws Exception {
    assertThat(run(Map.of(), "serve", "--sql", "SELECT 1 AS one"))
        .endsWith("-jar", jar.toString(), "serve", "--sql", "SELECT 1 AS one");
  }

  @Test
  void theCollectorIsTheParallelOneAndThereIsRoomForClasses() throws Exception {
    assertThat(run(Map.of(), "demo")).contains("-XX:+UseParallelGC", "-XX:MetaspaceSize=256m");
  }

  @Test
  void aCollectorThatTheCallerNamesIsTheOnlyOne() throws Exception {
    assertThat(run(Map.of("SPARKWIRE_JAVA_OPTS", "-Xmx2g -XX:+UseZGC"), "demo"))
        .startsWith("-Xmx2g", "-XX:+UseZGC")
        .doesNotContain("-XX:+UseParallelGC");
    assertThat(run(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseG1GC"), "demo"))
        .doesNotContain("-XX:+UseParallelGC");
    assertThat(run(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC"), "demo"))
        .doesNotContain("-XX:+UseParallelGC");
  }

  @Test
  void otherOptionsOfTheCallerLeaveTheCollectorAsItIs() throws Exception {
    assertThat(run(Map.of("SPARKWIRE_JAVA_OPTS", "-XX:+UseStringDeduplication"), "demo"))
        .contains("-XX:+UseStringDeduplication", "-XX:+UseParallelGC", "-XX:MetaspaceSize=256m");
  }

  @Test
  void roomForClassesThatTheCallerGivesIsTheOnlyOne() throws Exception {
    assertThat(run(Map.of("SPARKWIRE_JAVA_OPTS", "-XX:MetaspaceSize=64m"), "demo"))
        .contains("-XX:MetaspaceSize=64m")
        .doesNotContain("-XX:MetaspaceSize=256m");
  }

  @Test
  void anOlderJavaIsRefusedWithItsVersion() throws Exception {
    installJava("11.0.2");

    assertThat(run(Map.of(), "demo"))
        .singleElement()
        .asString()
        .contains("needs Java 17 or newer", "is version 11");
  }
}
