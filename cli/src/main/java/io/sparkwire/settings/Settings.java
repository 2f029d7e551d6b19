package io.sparkwire.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
public final class Settings implements IDefaultValueProvider {

  private static final String CONFIG = "config";

  private static final Pattern OPTION = Pattern.compile("option '(?:--)?([a-z-]+)'|--([a-z-]+)");

  private final Map<String, Setting> settings;

  private Settings(Map<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Reads them for one command.
   *
   * @param args of the program, which may name the file
   * @throws IllegalArgumentException if the file cannot be read, or it or the environment has an
   *     unknown option; names the nearest known one
   */
  public static Settings of(CommandLine command, String[] args, Map<String, String> environment) {
    Map<String, Setting> variables =
        Environment.options(environment, namesOfAll(command.getParent()));
    String file = fileNamed(args, variables.get(CONFIG));
    Map<String, Setting> settings = new HashMap<>();
    if (file != null) {
      Map<String, OptionSpec> known = options(command.getCommandSpec());
      known.remove(CONFIG);
      settings.putAll(ConfigFile.read(Path.of(file), known));
    }
    settings.putAll(variables);
    for (String arg : args) {
      settings.remove(arg.replaceFirst("^--", "").replaceFirst("=.*", ""));
    }
    return new Settings(settings);
  }

  /** The file that the arguments name; it has to be known before all other options are read. */
  private static String fileNamed(String[] args, Setting otherwise) {
    String option = "--" + CONFIG;
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(option + "=")) {
        return args[i].substring(option.length() + 1);
      }
      if (args[i].equals(option) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return otherwise == null ? null : otherwise.value();
  }

  private static Set<String> namesOfAll(CommandLine program) {
    return program.getSubcommands().values().stream()
        .flatMap(command -> options(command.getCommandSpec()).keySet().stream())
        .collect(Collectors.toSet());
  }

  private static Map<String, OptionSpec> options(CommandSpec command) {
    Map<String, OptionSpec> options = new HashMap<>();
    command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .forEach(option -> options.put(name(option), option));
    return options;
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    Setting setting = argument instanceof OptionSpec option ? settings.get(name(option)) : null;
    return setting == null ? null : setting.value();
  }

  /** The source of the option that a message names; empty for the command line. */
  public Optional<String> originOf(String message) {
    Matcher option = OPTION.matcher(message);
    if (!option.find()) {
      return Optional.empty();
    }
    String name = option.group(1) == null ? option.group(2) : option.group(1);
    return Optional.ofNullable(settings.get(name)).map(Setting::origin);
  }
}
