package io.sparkwire.app;

import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.spark.source.EpochOptions;
import io.sparkwire.spark.source.SparkwireOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The arguments for the options of a service, but for its name and path. */
final class ListenerArguments {

  private static final List<ConfigOption<?>> OPTIONS =
      SparkwireOptions.ALL.stream()
          .filter(option -> option != ServiceSpec.SERVICE && option != ServicePath.PATH)
          .toList();

  @Mixin private final OptionArguments arguments = new OptionArguments(OPTIONS);

  /** As it was given; null if it was not. */
  String epochLength() {
    return arguments.given().get(EpochOptions.LENGTH.name());
  }

  /**
   * The options of the source that were given.
   *
   * @param path null if it was not given
   */
  Map<String, String> options(String name, String path) {
    Map<String, String> options = new HashMap<>(arguments.given());
    options.put(ServiceSpec.SERVICE.name(), name);
    if (path != null) {
      options.put(ServicePath.PATH.name(), path);
    }
    return options;
  }
}
