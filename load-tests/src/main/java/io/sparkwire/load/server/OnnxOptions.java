package io.sparkwire.load.server;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The command-line options of {@link OnnxContestants}. */
public final class OnnxOptions {
  @Option(
      names = "--network",
      required = true,
      description = "A file in the format ONNX. Default: magika's, of the package of that name")
  private Path network;

  @Option(
      names = "--inputs",
      split = ",",
      defaultValue = "bytes=0..255",
      description =
          "For each input the whole numbers of which its values are some by chance, as"
              + " NAME=LEAST..MOST. Default: ${DEFAULT-VALUE}")
  private List<String> inputs;

  @Option(
      names = "--length",
      defaultValue = "32",
      description =
          "Of a dimension that the network leaves open, besides the first. Default: ${DEFAULT-VALUE}")
  private int length;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "That compute one run of the network. Default: ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--python",
      required = true,
      description = "That of an environment with MLServer. Default: one that is made")
  private Path python;

  @Option(
      names = "--mlserver",
      split = ",",
      description =
          "Processes of MLServer for inference, 0 for that of its web server, and worker threads in"
              + " each, 0 for its event loop. Default: 0, and one for each core")
  private List<String> mlserver;

  public Path network() {
    return network;
  }

  List<String> inputs() {
    return inputs;
  }

  int length() {
    return length;
  }

  int threads() {
    return threads;
  }

  Path python() {
    return python;
  }

  List<String> mlserver() {
    return mlserver == null
        ? List.of("0", "" + Runtime.getRuntime().availableProcessors())
        : mlserver;
  }

  /** One line that says what was measured. */
  public String summary() {
    return "network: %s; inputs %s; length %d; threads for each run: %d; processes and workers of MLServer: %s"
        .formatted(network.getFileName(), inputs, length, threads, mlserver());
  }
}
