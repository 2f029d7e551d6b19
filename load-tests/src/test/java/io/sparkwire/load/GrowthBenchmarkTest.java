package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.server.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class GrowthBenchmarkTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void anUnknownDimensionIsAUsageError() {
    assertThat(exitCode("--dimensions", "payload,threads")).isEqualTo(2);
    assertThat(errors.toString()).contains("Unknown dimension threads; there are payload");
  }

  @Test
  void noRoundsAreAUsageError() {
    assertThat(exitCode("--rounds", "0")).isEqualTo(2);
    assertThat(errors.toString()).contains("--rounds must be at least 1");
  }

  @Test
  void allDimensionsAreMeasuredByDefault() {
    List<String> all = new Dimensions(Path.of("none"), Path.of("none"), FreePort::any).names();

    OptionSpec option =
        new CommandLine(new GrowthBenchmark()).getCommandSpec().findOption("--dimensions");
    assertThat(option.defaultValue()).isEqualTo(String.join(",", all));
  }

  private int exitCode(String... arguments) {
    return new CommandLine(new GrowthBenchmark())
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }
}
