package io.sparkwire.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values that the configuration file and the environment have for a command's options.
 *
 * <p>The environment goes before the file, and the command line before both. Immutable.
 */
final class Settings implements IDefaultValueProvider {

  private static final String CONFIG = "config";

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param args of the program, which may name the file
   * @throws IllegalArgumentException if the file cannot be read, or it or the environment has an
   *     option that nobody knows; names the nearest known one
   */
  static Settings of(CommandLine command, String[] args, Map<String, String> environment) {
    Map<String, String> variables =
        Environment.options(environment, namesOfAll(command.getParent()));
    String file = fileNamed(args, variables.get(CONFIG));
    Map<String, String> values = new HashMap<>();
    if (file != null) {
      Set<String> known = names(command.getCommandSpec());
      known.remove(CONFIG);
      values.putAll(ConfigFile.read(Path.of(file), known));
    }
    values.putAll(variables);
    return new Settings(values);
  }

  /** The file that the arguments name; it has to be known before all other options are read. */
  private static String fileNamed(String[] args, String otherwise) {
    String option = "--" + CONFIG;
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(option + "=")) {
        return args[i].substring(option.length() + 1);
      }
      if (args[i].equals(option) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return otherwise;
  }

  private static Set<String> namesOfAll(CommandLine program) {
    return program.getSubcommands().values().stream()
        .flatMap(command -> names(command.getCommandSpec()).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> names(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .map(Settings::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(name(option)) : null;
  }
}
