package io.sparkwire.app;

import io.sparkwire.log.FirstLine;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The distinction between a command with wrong arguments and one that fails. Stateless. */
final class Usage {

  private Usage() {}

  /**
   * What a command makes of its arguments, where an {@link IllegalArgumentException} means that its
   * caller has to change them.
   */
  static <T> T checked(CommandSpec command, Supplier<T> arguments) {
    try {
      command.options().forEach(Usage::checkNotEmpty);
      return arguments.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), FirstLine.of(e), e);
    }
  }

  private static void checkNotEmpty(OptionSpec option) {
    if (option.getValue() != null && option.getValue().toString().isBlank()) {
      throw new IllegalArgumentException(
          "option '" + option.longestName().replaceFirst("^-+", "") + "' must not be empty");
    }
  }
}
