package io.sparkwire.app;

import io.sparkwire.log.FirstLine;
import io.sparkwire.options.NearestName;
import io.sparkwire.settings.Settings;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one line on standard error that a failed command leaves, with a stack trace only for {@code
 * --verbose}.
 *
 * <p>Prints nothing once the program is being stopped: what fails then fails because of that.
 * Stateless.
 */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Console console;
  private final StopSignals signals;

  OneLineErrors(Console console, StopSignals signals) {
    this.console = console;
    this.signals = signals;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message = decapitalised(FirstLine.of(wrong));
    print(
        message
            + origin(command, message)
            + suggestion(wrong)
            + "; see '"
            + command.getCommandSpec().qualifiedName()
            + " --help'");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public int handleExecutionException(Exception failed, CommandLine command, ParseResult result) {
    if (signals.received()) {
      return command.getCommandSpec().exitCodeOnSuccess();
    }
    print(FirstLine.of(failed));
    if (isVerbose(command)) {
      failed.printStackTrace(console.err());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String origin(CommandLine command, String message) {
    return command.getDefaultValueProvider() instanceof Settings settings
        ? settings.originOf(message).map(origin -> " (in " + origin + ")").orElse("")
        : "";
  }

  private void print(String line) {
    console.err().println("sparkwire: " + line);
  }

  private static boolean isVerbose(CommandLine command) {
    OptionSpec verbose = command.getCommandSpec().findOption("--verbose");
    return verbose != null && Boolean.TRUE.equals(verbose.getValue());
  }

  private static String suggestion(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandLine command = wrong.getCommandLine();
    String first = unmatched.getUnmatched().get(0);
    return unmatched.isUnknownOption()
        ? didYouMean(optionName(first), command.getCommandSpec().optionsMap().keySet())
        : didYouMean(first, command.getSubcommands().keySet());
  }

  private static String didYouMean(String name, Set<String> known) {
    return known.isEmpty() ? "" : "; did you mean " + NearestName.of(name, known) + "?";
  }

  private static String optionName(String argument) {
    int value = argument.indexOf('=');
    return value < 0 ? argument : argument.substring(0, value);
  }

  private static String decapitalised(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
