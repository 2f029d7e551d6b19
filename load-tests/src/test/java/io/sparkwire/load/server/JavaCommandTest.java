package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

  @Test
  void aServerGetsTheHeapAskedForAndWhatTheLauncherGives() throws Exception {
    List<String> command = JavaCommand.server("512m", List.of("-jar", "server.jar"));

    List<String> launcher =
        List.of(
            "-XX:+UseParallelGC",
            "-XX:MetaspaceSize=256m",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:ThreadPriorityPolicy=1",
            "-XX:JavaPriority1_To_OSPriority=10",
            "-XX:CompilerThreadPriority=10");
    assertThat(command)
        .contains("-Xms512m", "-Xmx512m")
        .containsAll(launcher)
        .endsWith("-jar", "server.jar");
    assertThat(Files.readString(Path.of("..", "sparkwire"))).contains(launcher);
  }
}
