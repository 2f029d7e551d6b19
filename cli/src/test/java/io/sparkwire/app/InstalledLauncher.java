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

/**
 * A copy of the script {@code sparkwire} and an empty jar, with a {@code java} that prints its
 * arguments, and makes an archive of them and of its caller.
 */
final class InstalledLauncher {

  static final Path SCRIPT = Path.of("..", "sparkwire");
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

  private final Path home;
  private final Path script;
  private final Path jar;
  private int exitCode;

  InstalledLauncher(Path home, String script, String jar) throws IOException {
    this.home = home.toRealPath();
    this.script = executable(script, Files.readString(SCRIPT));
    this.jar = this.home.resolve(jar);
    Files.createDirectories(this.jar.getParent());
    Files.createFile(this.jar);
    Files.setLastModifiedTime(this.jar, FileTime.from(Instant.EPOCH));
    installJava("17.0.15");
  }

  void installJava(String version) throws IOException {
    executable("jdk/bin/java", JAVA.formatted(version));
  }

  void installJavaThatFailsToRehearse(String version) throws IOException {
    executable("jdk/bin/java", JAVA.formatted(version).replace("echo Serving at last", "exit 1"));
  }

  Path executable(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  Path jar() {
    return jar;
  }

  Path archive(String version) {
    return jar.resolveSibling("sparkwire-" + version + ".jsa");
  }

  /** What it printed, in lines: the arguments of {@code java}, or why there are none. */
  List<String> run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    return runAs(script, variables, arguments);
  }

  /** As {@link #run}, by the script or a link to it. */
  List<String> runAs(Path command, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command.toString()).redirectErrorStream(true);
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

  /** Of the last run. */
  int exitCode() {
    return exitCode;
  }

  static boolean tellsOfARehearsal(String line) {
    return line.startsWith("Rehearsing");
  }
}
