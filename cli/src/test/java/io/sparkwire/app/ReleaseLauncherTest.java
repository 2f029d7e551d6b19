package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code sparkwire} in an unpacked release. */
class ReleaseLauncherTest {

  @TempDir Path home;
  private InstalledLauncher launcher;

  @BeforeEach
  void unpack() throws IOException {
    launcher = new InstalledLauncher(home, "bin/sparkwire", "lib/sparkwire.jar");
  }

  @Test
  void theJarInLibIsRunWithTheCallersArgumentsAsTheyAre() throws Exception {
    assertThat(launcher.run(Map.of(), "serve", "--sql", "SELECT 1 AS one"))
        .endsWith("-jar", launcher.jar().toString(), "serve", "--sql", "SELECT 1 AS one");
  }

  @Test
  void aLinkToTheScriptFindsTheJar() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("sw"), home.resolve("bin/sparkwire"));

    assertThat(launcher.runAs(link, Map.of(), "demo"))
        .endsWith("-jar", launcher.jar().toString(), "demo");
  }

  @Test
  void theArchiveOfARehearsalIsBesideTheJar() throws Exception {
    assertThat(launcher.run(Map.of(), "serve"))
        .contains("-XX:SharedArchiveFile=" + launcher.archive("17.0.15"))
        .anyMatch(InstalledLauncher::tellsOfARehearsal);
    try (Stream<Path> lib = Files.list(launcher.jar().getParent())) {
      assertThat(lib).containsExactlyInAnyOrder(launcher.jar(), launcher.archive("17.0.15"));
    }
  }

  @Test
  void aReleaseThatCannotBeWrittenStartsWithoutARehearsal() throws Exception {
    launcher.executable("refusing/mktemp", "#!/bin/sh\nexit 1\n");
    String path = home.resolve("refusing") + ":" + System.getenv("PATH");

    assertThat(launcher.run(Map.of("PATH", path), "serve"))
        .noneMatch(InstalledLauncher::tellsOfARehearsal)
        .noneMatch(option -> option.contains("SharedArchiveFile"))
        .endsWith("-jar", launcher.jar().toString(), "serve");
  }

  @Test
  void aReleaseWithoutItsJarIsNotBuiltButRefused() throws Exception {
    Files.delete(launcher.jar());
    launcher.executable("maven/mvn", "#!/bin/sh\necho building\n");
    String path = home.resolve("maven") + ":" + System.getenv("PATH");

    assertThat(launcher.run(Map.of("PATH", path), "demo"))
        .containsExactly(
            "sparkwire: finds no " + launcher.jar() + "; unpack the whole release archive");
    assertThat(launcher.exitCode()).isEqualTo(1);
  }
}
