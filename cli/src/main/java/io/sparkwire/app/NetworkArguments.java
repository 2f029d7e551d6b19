package io.sparkwire.app;

import io.sparkwire.model.NetworkLocation;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say which network is served with no pipeline, and how it is computed. */
final class NetworkArguments {

  private static final int MOST = 4096;

  private static final ConfigOption<Integer> THREADS =
      ConfigOption.of(
          "onnx-threads",
          OptionType.numbers(0, MOST),
          "1",
          "Threads that share the work of one operator of the network; 0 is one on each core");

  private static final ConfigOption<Integer> BATCH =
      ConfigOption.of(
          "onnx-batch",
          OptionType.numbers(1, MOST),
          "64",
          "How many rows that wait are computed at once at most");

  /** What computes a network. */
  private enum Provider {
    CPU,
    CUDA
  }

  private static final ConfigOption<Provider> PROVIDER =
      ConfigOption.of(
          "onnx-provider",
          OptionType.choice(List.of(Provider.values())),
          "cpu",
          "What computes the network; cuda needs onnxruntime_gpu.jar beside sparkwire.jar");

  static final List<ConfigOption<?>> OPTIONS = List.of(THREADS, BATCH, PROVIDER);

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Network in the format ONNX, in place of a model: its inputs are the columns of a request,"
              + " its outputs those of the reply. Needs sparkwire-onnx.jar beside sparkwire.jar.")
  private String file;

  @Mixin private final OptionArguments computing = new OptionArguments(OPTIONS);

  boolean isGiven() {
    return file != null;
  }

  /**
   * Where the network is.
   *
   * @throws IllegalArgumentException if an option is out of its range
   */
  NetworkLocation location() {
    var options = computing.options();
    return new NetworkLocation(
        file, THREADS.from(options), BATCH.from(options), PROVIDER.from(options).name());
  }
}
