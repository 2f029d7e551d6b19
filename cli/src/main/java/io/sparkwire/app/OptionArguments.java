package io.sparkwire.app;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * The arguments of a command for a list of options: {@code --max-body} for {@code max-body}.
 *
 * <p>They stay text: the options read it, and have the defaults of those that are not given. Not
 * thread-safe.
 */
final class OptionArguments {

  private final List<ConfigOption<?>> options;
  private final Map<String, OptionSpec> arguments = new HashMap<>();

  /**
   * @param options in the order in which the help shows them
   */
  OptionArguments(List<ConfigOption<?>> options) {
    this.options = options;
  }

  /** Called by picocli with the mixin that this object becomes. */
  @Spec(Spec.Target.SELF)
  void addTo(CommandSpec mixin) {
    for (ConfigOption<?> option : options) {
      OptionSpec argument =
          OptionSpec.builder("--" + option.name())
              .type(String.class)
              .paramLabel(option.type().label())
              .description(option.help() + " (default: " + option.defaultText() + ").")
              .build();
      arguments.put(option.name(), argument);
      mixin.addOption(argument);
    }
  }

  /** Those that were given, by the names of their options. */
  Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    arguments.forEach((name, argument) -> given.put(name, argument.getValue()));
    given.values().removeIf(value -> value == null);
    return given;
  }

  Options options() {
    return new Options(given(), options);
  }
}
