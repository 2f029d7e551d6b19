package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script {@code sparkwire}, with a {@code java} that prints what it was called with, and makes
 * an archive of what it was called with and by whom.
 */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "sparkwire");
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "%s"' >&2
        exit
      fi
      for each in "$@"; do
        case $each in
        -XX:ArchiveClassesAtExit=*)
          trap 'kill $!; (echo "$@"; env) >"${each#*=}"; exit 143' TERM
          echo Serving at last
          sleep 60 &
          wait
          ;;
        esac
      done
      printf '%%s\n' "$@"
      """;

  @TempDir Path home;
  private Path launcher;
  private Path jar;
  private int exitCode;

  @BeforeEach
  void installWithAJarThatIsBuilt() throws IOException {
    launcher = executable(home.resolve("sparkwire"), Files.readString(SCRIPT));
    Path target = Files.createDirectories(home.resolve("cli/target"));
    jar = Files.createFile(target.toRealPath().resolve("sparkwire.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    installJava(JAVA.formatted("17.0.15"));
  }

  private void installJava(String script) throws IOException {
    Path bin = Files.createDirectories(home.resolve("jdk/bin"));
    executable(bin.resolve("java"), script);
  }

  private Path archive(String version) {
    return jar.resolveSibling("sparkwire-" + version + ".jsa");
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
    exitCode = process.exitValue();
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
        .containsSequence("-Xmx2g", "-XX:+UseZGC", "-jar")
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
  void requestsGoBeforeThePlanningOfEpochs() throws Exception {
    assertThat(run(Map.of(), "demo"))
        .contains("-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=10");
  }

  @Test
  void requestsGoBeforeTheCompiler() throws Exception {
    assertThat(run(Map.of(), "demo")).contains("-XX:CompilerThreadPriority=10");
  }

  @Test
  void whatRunsSeldomIsCompiledByC2Later() throws Exception {
    assertThat(run(Map.of(), "demo"))
        .contains(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000");
  }

  @Test
  void thresholdsOfC2ThatTheCallerSetsAreTheOnlyOnes() throws Exception {
    assertThat(run(Map.of("JDK_JAVA_OPTIONS", "-XX:Tier4CompileThreshold=15000"), "demo"))
        .noneMatch(option -> option.startsWith("-XX:Tier4"));
  }

  @Test
  void prioritiesThatTheCallerSetsAreTheOnlyOnes() throws Exception {
    assertThat(run(Map.of("JDK_JAVA_OPTIONS", "-XX:ThreadPriorityPolicy=0"), "demo"))
        .doesNotContain("-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.2", "16", "23.0.1", "24-ea", "25.0.1"})
  void aJavaOnWhichSparkDoesNotRunIsRefusedWithItsVersion(String version) throws Exception {
    installJava(JAVA.formatted(version));

    for (String command : List.of("demo", "serve", "--version")) {
      assertThat(run(Map.of(), command))
          .singleElement()
          .asString()
          .startsWith("sparkwire: needs Java 17 to 22, but ")
          .contains("is version " + version + ";");
      assertThat(exitCode).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "21", "21.0.5", "22.0.2"})
  void aJavaOnWhichSparkRunsIsTaken(String version) throws Exception {
    installJava(JAVA.formatted(version));

    assertThat(run(Map.of(), "demo")).endsWith("-jar", jar.toString(), "demo");
    assertThat(exitCode).isZero();
  }

  @Test
  void theReleasesOfJavaAreThoseOfTheJar() throws Exception {
    assertThat(Files.readString(SCRIPT))
        .contains("-ge " + JavaRelease.FIRST + " && $major -le " + JavaRelease.LAST + " ]]")
        .contains("needs Java %d to %d".formatted(JavaRelease.FIRST, JavaRelease.LAST));
  }

  @Test
  void theFirstStartIsRehearsedAndAllUseTheArchiveOfThat() throws Exception {
    String use = "-XX:SharedArchiveFile=" + archive("17.0.15");

    assertThat(run(Map.of(), "serve")).contains(use).anyMatch(this::tellsOfARehearsal);
    assertThat(run(Map.of(), "serve")).contains(use).noneMatch(this::tellsOfARehearsal);
    assertThat(run(Map.of(), "demo")).contains(use).noneMatch(this::tellsOfARehearsal);
    try (Stream<Path> left = Files.list(jar.getParent())) {
      assertThat(left).containsExactlyInAnyOrder(jar, archive("17.0.15"));
    }
  }

  @Test
  void whatTheCallerSetIsNotTheRehearsals() throws Exception {
    run(Map.of("SPARKWIRE_JOIN", "10.0.0.7", "SPARKWIRE_JAVA_OPTS", "-Xmx1g"), "serve");

    assertThat(Files.readString(archive("17.0.15")))
        .contains("-jar " + jar + " demo --port 0")
        .doesNotContain("SPARKWIRE_", "-Xmx1g");
  }

  @Test
  void anotherJarAndAnotherJavaAreRehearsedAgain() throws Exception {
    run(Map.of(), "serve");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run(Map.of(), "serve")).anyMatch(this::tellsOfARehearsal);

    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    installJava(JAVA.formatted("21"));
    assertThat(run(Map.of(), "serve"))
        .contains("-XX:SharedArchiveFile=" + archive("21"))
        .anyMatch(this::tellsOfARehearsal);
  }

  @Test
  void aRehearsalThatFailsIsNotRepeatedAndLeavesTheStartAsItWas() throws Exception {
    installJava(JAVA.formatted("17.0.15").replace("echo Serving at last", "exit 1"));

    assertThat(run(Map.of(), "serve"))
        .anyMatch(this::tellsOfARehearsal)
        .noneMatch(option -> option.contains("SharedArchiveFile"))
        .endsWith("-jar", jar.toString(), "serve");
    assertThat(run(Map.of(), "serve")).noneMatch(this::tellsOfARehearsal);
  }

  @Test
  void whatIsTriedOutOrEndsSoonOrHasAnArchiveOfTheCallersIsNotRehearsed() throws Exception {
    assertThat(run(Map.of(), "status")).noneMatch(this::tellsOfARehearsal);
    assertThat(run(Map.of(), "demo")).noneMatch(this::tellsOfARehearsal);
    assertThat(run(Map.of("SPARKWIRE_JAVA_OPTS", "-Xshare:off"), "serve"))
        .containsSequence("-Xshare:off", "-jar")
        .noneMatch(this::tellsOfARehearsal);
    assertThat(run(Map.of("JDK_JAVA_OPTIONS", "-XX:SharedArchiveFile=own.jsa"), "serve"))
        .noneMatch(option -> option.contains("SharedArchiveFile"))
        .noneMatch(this::tellsOfARehearsal);
  }

  private boolean tellsOfARehearsal(String line) {
    return line.startsWith("Rehearsing");
  }
}
