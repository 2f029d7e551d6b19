package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchmarkTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void anUnknownContestantIsAUsageError() {
    assertThat(exitCode("--contestants", "bare")).isEqualTo(2);
    assertThat(errors.toString()).contains("Unknown contestant bare");
  }

  @Test
  void aMissingJarIsAUsageErrorThatNamesIt() {
    assertThat(exitCode("--jar", "nowhere.jar")).isEqualTo(2);
    assertThat(errors.toString()).contains("No jar at nowhere.jar");
  }

  @Test
  void aMissingEarlierJarIsAUsageErrorThatNamesIt() {
    assertThat(exitCode("--contestants", "bare-json", "--before", "older.jar")).isEqualTo(2);
    assertThat(errors.toString()).contains("No jar at older.jar");
  }

  @Test
  void anUnknownWorkloadIsAUsageError() {
    assertThat(exitCode("--workloads", "lr,images")).isEqualTo(2);
    assertThat(errors.toString()).contains("Unknown workload images; there are echo, lr");
  }

  @Test
  void noRoundsAreAUsageError() {
    assertThat(exitCode("--contestants", "bare-json", "--rounds", "0")).isEqualTo(2);
    assertThat(errors.toString()).contains("--rounds must be at least 1");
  }

  @Test
  void pinningCanBeSwitchedOnAndOff() {
    assertThat(options("--no-pin").pinning()).hasToString("off");
    assertThat(options("--pin", "--client-core", "3").pinning())
        .hasToString("server on core 0, client on core 3");
  }

  private int exitCode(String... arguments) {
    return new CommandLine(new Benchmark()).setErr(new PrintWriter(errors)).execute(arguments);
  }

  private static BenchmarkOptions options(String... arguments) {
    BenchmarkOptions options = new BenchmarkOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(arguments);
    return options;
  }
}
