package io.sparkwire.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("python")
class PythonLifetimeTest {

  private static Process startJvm() throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Dsparkwire.python=" + TestPython.executable(),
            "-cp",
            System.getProperty("java.class.path"),
            HoldingJvm.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void allProcessesAndFilesEndWithAJvmThatIsKilled() throws Exception {
    Process jvm = startJvm();
    String line = jvm.inputReader().lines().filter(l -> l.matches("\\d+ \\d+")).findFirst().get();
    List<Long> workers = Arrays.stream(line.split(" ")).map(Long::valueOf).toList();
    long server = ProcessHandle.of(workers.get(0)).orElseThrow().parent().orElseThrow().pid();
    Path directory = directory(server);
    assertThat(directory).exists();
    assertThat(Stream.concat(workers.stream(), Stream.of(server)))
        .allMatch(pid -> ProcessHandle.of(pid).isPresent());

    jvm.destroyForcibly();

    await()
        .until(
            () ->
                Stream.concat(workers.stream(), Stream.of(server))
                    .noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    await().untilAsserted(() -> assertThat(directory).doesNotExist());
  }

  private static Path directory(long server) throws Exception {
    String command = Files.readString(Path.of("/proc/" + server + "/cmdline"));
    return Arrays.stream(command.split("\0"))
        .filter(word -> word.endsWith("sparkwire_worker.py"))
        .map(word -> Path.of(word).getParent())
        .findAny()
        .orElseThrow();
  }
}
