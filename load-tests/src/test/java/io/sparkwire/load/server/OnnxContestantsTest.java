package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.load.client.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OnnxContestantsTest {
  private static final Path JAR = Path.of("/sparkwire.jar");

  private final AtomicInteger port = new AtomicInteger(9000);
  private final OnnxContestants contestants = contestants();

  @Command
  private static final class Options {
    @Mixin private OnnxOptions onnx;
  }

  private OnnxContestants contestants() {
    Options options = new Options();
    new CommandLine(options)
        .parseArgs("--network=/net.onnx", "--python=/venv/python", "--threads=3", "--mlserver=1,7");
    return new OnnxContestants(options.onnx, Path.of("/run/exchanges"), port::incrementAndGet);
  }

  private Contestant named(String name) {
    return contestants.named(name, JAR);
  }

  @Test
  void eachServesTheNetworkWithTheSameThreadsAtItsOwnPort() {
    List<Contestant> all = OnnxContestants.NAMES.stream().map(this::named).toList();

    assertThat(all)
        .allSatisfy(each -> assertThat(each.launch().serving()).contains("/net.onnx", "3"))
        .allSatisfy(each -> assertThat(each.launch().serving()).contains("" + each.port()));
    assertThat(all).extracting(Contestant::port).doesNotHaveDuplicates();
  }

  @Test
  void allAreSentTheSameRowsWhichAreWrittenDownOnce() {
    assertThat(OnnxContestants.NAMES.stream().map(this::named))
        .extracting(each -> each.launch().preparations())
        .hasSize(5)
        .containsOnly(named("sparkwire").launch().preparations());
    assertThat(named("sparkwire").launch().preparations().get(0))
        .containsSequence("/net.onnx", "/run/exchanges", "32", "bytes=0..255");
    assertThat(named("bare-loop").target().requests())
        .isEqualTo(new Recording(Path.of("/run/exchanges/own"), 1e-4))
        .isEqualTo(named("sparkwire").target().requests());
    assertThat(named("mlserver").target().requests())
        .isEqualTo(new Recording(Path.of("/run/exchanges/v2"), 1e-4));
  }

  @Test
  void onlyOneOfSparkwiresComputesRowsOneByOne() {
    assertThat(named("sparkwire-single").launch().serving()).containsSequence("--onnx-batch", "1");
    assertThat(named("sparkwire").launch().serving()).doesNotContain("--onnx-batch");
  }

  @Test
  void mlserverIsAProgramInPython() {
    assertThat(named("mlserver").launch().command("1g"))
        .startsWith("/venv/python")
        .endsWith("3", "1", "7")
        .noneMatch(argument -> argument.startsWith("-X"));
    assertThat(named("bare-workers").launch().command("1g")).contains("-Xmx1g");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> named("bare"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sparkwire-single, sparkwire, bare-loop, bare-workers, mlserver");
  }
}
