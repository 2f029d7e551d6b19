package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code sparkwire} in a clone whose jar is built. */
class LauncherTest {

  @TempDir Path home;
  private InstalledLauncher launcher;

  @BeforeEach
  void installInAClone() throws IOException {
    launcher = new InstalledLauncher(home, "sparkwire", "cli/target/sparkwire.jar");
  }

  @Test
  void theJarIsRunWithTheCallersArgumentsAsTheyAre() throws Exception {
    assertThat(launcher.run(Map.of(), "serve", "--sql", "SELECT 1 AS one"))
        .endsWith("-jar", launcher.jar().toString(), "serve", "--sql", "SELECT 1 AS one");
  }

  @Test
  void theCollectorIsTheParallelOneAndThereIsRoomForClasses() throws Exception {
    assertThat(launcher.run(Map.of(), "demo"))
        .contains("-XX:+UseParallelGC", "-XX:MetaspaceSize=256m");
  }

  @Test
  void aCollectorThatTheCallerNamesIsTheOnlyOne() throws Exception {
    assertThat(launcher.run(Map.of("SPARKWIRE_JAVA_OPTS", "-Xmx2g -XX:+UseZGC"), "demo"))
        .containsSequence("-Xmx2g", "-XX:+UseZGC", "-jar")
        .doesNotContain("-XX:+UseParallelGC");
    assertThat(launcher.run(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseG1GC"), "demo"))
        .doesNotContain("-XX:+UseParallelGC");
    assertThat(launcher.run(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC"), "demo"))
        .doesNotContain("-XX:+UseParallelGC");
  }

  @Test
  void otherOptionsOfTheCallerLeaveTheCollectorAsItIs() throws Exception {
    assertThat(launcher.run(Map.of("SPARKWIRE_JAVA_OPTS", "-XX:+UseStringDeduplication"), "demo"))
        .contains("-XX:+UseStringDeduplication", "-XX:+UseParallelGC", "-XX:MetaspaceSize=256m");
  }

  @Test
  void roomForClassesThatTheCallerGivesIsTheOnlyOne() throws Exception {
    assertThat(launcher.run(Map.of("SPARKWIRE_JAVA_OPTS", "-XX:MetaspaceSize=64m"), "demo"))
        .contains("-XX:MetaspaceSize=64m")
        .doesNotContain("-XX:MetaspaceSize=256m");
  }

  @Test
  void requestsGoBeforeThePlanningOfEpochs() throws Exception {
    assertThat(launcher.run(Map.of(), "demo"))
        .contains("-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=10");
  }

  @Test
  void requestsGoBeforeTheCompiler() throws Exception {
    assertThat(launcher.run(Map.of(), "demo")).contains("-XX:CompilerThreadPriority=10");
  }

  @Test
  void whatRunsSeldomIsCompiledByC2Later() throws Exception {
    assertThat(launcher.run(Map.of(), "demo"))
        .contains(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000");
  }

  @Test
  void thresholdsOfC2ThatTheCallerSetsAreTheOnlyOnes() throws Exception {
    assertThat(launcher.run(Map.of("JDK_JAVA_OPTIONS", "-XX:Tier4CompileThreshold=15000"), "demo"))
        .noneMatch(option -> option.startsWith("-XX:Tier4"));
  }

  @Test
  void prioritiesThatTheCallerSetsAreTheOnlyOnes() throws Exception {
    assertThat(launcher.run(Map.of("JDK_JAVA_OPTIONS", "-XX:ThreadPriorityPolicy=0"), "demo"))
        .doesNotContain("-XX:ThreadPriorityPolicy=1", "-XX:JavaPriority1_To_OSPriority=10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.2", "16", "23.0.1", "24-ea", "25.0.1"})
  void aJavaOnWhichSparkDoesNotRunIsRefusedWithItsVersion(String version) throws Exception {
    launcher.installJava(version);

    for (String command : List.of("demo", "serve", "--version")) {
      assertThat(launcher.run(Map.of(), command))
          .singleElement()
          .asString()
          .startsWith("sparkwire: runs on Java 17 and 21, but ")
          .contains("is version " + version + ";");
      assertThat(launcher.exitCode()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "21", "21.0.5", "22.0.2"})
  void aJavaOnWhichSparkRunsIsTaken(String version) throws Exception {
    launcher.installJava(version);

    assertThat(launcher.run(Map.of(), "demo")).endsWith("-jar", launcher.jar().toString(), "demo");
    assertThat(launcher.exitCode()).isZero();
  }

  @Test
  void theReleasesOfJavaAreThoseOfTheJar() throws Exception {
    assertThat(Files.readString(InstalledLauncher.SCRIPT))
        .contains("-ge " + JavaRelease.FIRST + " && $major -le " + JavaRelease.LAST + " ]]")
        .contains(JavaRelease.refusal(11).orElseThrow().split(",", 2)[0]);
  }

  @Test
  void theFirstStartIsRehearsedAndAllUseTheArchiveOfThat() throws Exception {
    String use = "-XX:SharedArchiveFile=" + launcher.archive("17.0.15");

    assertThat(launcher.run(Map.of(), "serve"))
        .contains(use)
        .anyMatch(InstalledLauncher::tellsOfARehearsal);
    assertThat(launcher.run(Map.of(), "serve"))
        .contains(use)
        .noneMatch(InstalledLauncher::tellsOfARehearsal);
    assertThat(launcher.run(Map.of(), "demo"))
        .contains(use)
        .noneMatch(InstalledLauncher::tellsOfARehearsal);
    try (Stream<Path> left = Files.list(launcher.jar().getParent())) {
      assertThat(left).containsExactlyInAnyOrder(launcher.jar(), launcher.archive("17.0.15"));
    }
  }

  @Test
  void whatTheCallerSetIsNotTheRehearsals() throws Exception {
    launcher.run(Map.of("SPARKWIRE_JOIN", "10.0.0.7", "SPARKWIRE_JAVA_OPTS", "-Xmx1g"), "serve");

    assertThat(Files.readString(launcher.archive("17.0.15")))
        .contains("-jar " + launcher.jar() + " demo --port 0")
        .doesNotContain("SPARKWIRE_", "-Xmx1g");
  }

  @Test
  void anotherJarAndAnotherJavaAreRehearsedAgain() throws Exception {
    launcher.run(Map.of(), "serve");
    Files.setLastModifiedTime(launcher.jar(), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(launcher.run(Map.of(), "serve")).anyMatch(InstalledLauncher::tellsOfARehearsal);

    Files.setLastModifiedTime(launcher.jar(), FileTime.from(Instant.EPOCH));
    launcher.installJava("21");
    assertThat(launcher.run(Map.of(), "serve"))
        .contains("-XX:SharedArchiveFile=" + launcher.archive("21"))
        .anyMatch(InstalledLauncher::tellsOfARehearsal);
  }

  @Test
  void aRehearsalThatFailsIsNotRepeatedAndLeavesTheStartAsItWas() throws Exception {
    launcher.installJavaThatFailsToRehearse("17.0.15");

    assertThat(launcher.run(Map.of(), "serve"))
        .anyMatch(InstalledLauncher::tellsOfARehearsal)
        .noneMatch(option -> option.contains("SharedArchiveFile"))
        .endsWith("-jar", launcher.jar().toString(), "serve");
    assertThat(launcher.run(Map.of(), "serve")).noneMatch(InstalledLauncher::tellsOfARehearsal);
  }

  @Test
  void whatIsTriedOutOrEndsSoonOrHasAnArchiveOfTheCallersIsNotRehearsed() throws Exception {
    assertThat(launcher.run(Map.of(), "status")).noneMatch(InstalledLauncher::tellsOfARehearsal);
    assertThat(launcher.run(Map.of(), "demo")).noneMatch(InstalledLauncher::tellsOfARehearsal);
    assertThat(launcher.run(Map.of("SPARKWIRE_JAVA_OPTS", "-Xshare:off"), "serve"))
        .containsSequence("-Xshare:off", "-jar")
        .noneMatch(InstalledLauncher::tellsOfARehearsal);
    assertThat(launcher.run(Map.of("JDK_JAVA_OPTIONS", "-XX:SharedArchiveFile=own.jsa"), "serve"))
        .noneMatch(option -> option.contains("SharedArchiveFile"))
        .noneMatch(InstalledLauncher::tellsOfARehearsal);
  }
}
