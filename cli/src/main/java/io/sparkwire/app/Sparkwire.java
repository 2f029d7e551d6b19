package io.sparkwire.app;

import io.sparkwire.settings.Settings;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line as a whole: all commands, and how their options get their values.
 *
 * <p>An exit code of 0 means done, 1 that a command could not start or failed while it ran, 2 that
 * it was called wrongly. Runs on: driver, its main thread.
 */
@Command(
    name = "sparkwire",
    description = "Serves Spark pipelines as web services.",
    subcommands = GenerateCompletion.class,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class Sparkwire {

  private final Map<String, String> environment;
  private final OneLineErrors errors;
  private final CommandLine commands;

  Sparkwire(Map<String, String> environment, Console console, StopSignals signals) {
    this.environment = environment;
    this.errors = new OneLineErrors(console, signals);
    this.commands =
        new CommandLine(this)
            .addSubcommand(new ServeCommand(console, signals))
            .addSubcommand(new DemoCommand(console, signals))
            .addSubcommand(new GatewayCommand(console, signals))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(new StatusCommand(console, signals))
            .addSubcommand(new KeyCommand(console))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExpandAtFiles(false)
            .setOut(console.out())
            .setErr(console.err())
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);
  }

  /** Runs the command that the arguments name, and gives its exit code. */
  int run(String... args) {
    CommandLine command = args.length == 0 ? null : commands.getSubcommands().get(args[0]);
    if (command != null) {
      try {
        command.setDefaultValueProvider(Settings.of(command, args, environment));
      } catch (IllegalArgumentException e) {
        return errors.handleParseException(new ParameterException(command, e.getMessage()), args);
      }
    }
    return commands.execute(args);
  }
}
