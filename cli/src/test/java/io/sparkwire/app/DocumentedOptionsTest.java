package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.auth.AuthOptions;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.NodeLimits;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.spark.source.SparkwireOptions;
import io.sparkwire.telemetry.TelemetryOptions;
import io.sparkwire.tls.TlsOptions;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The tables of docs/options.md against the options themselves, in both directions. */
class DocumentedOptionsTest {

  private static final String SOURCE = "Of the source";
  private static final String COMMANDS = "Of the command line";
  private static final String CLIENTS = "What clients may hold";
  private static final String TLS = "TLS";
  private static final String AUTH = "Who may ask";
  private static final String TELEMETRY = "What operators see";
  private static final String KEY = "Of the command key";
  private static final String SPARK = "Of a Spark cluster";

  /** The columns of a table that says which values are allowed. */
  private static final int WITH_ALLOWED = 4;

  private static final OptionTables DOCS = OptionTables.read();

  private final Console console = new Console(nowhere(), nowhere());
  private final StopSignals signals = new StopSignals(code -> {});

  private static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }

  private static Stream<ConfigOption<?>> optionsOfAService() {
    return SparkwireOptions.ALL.stream();
  }

  private static Stream<ConfigOption<?>> optionsOfANode() {
    return Stream.of(
            ClusterOptions.ALL,
            List.of(HistoryMode.OPTION),
            AdminOptions.ALL,
            List.of(IngressMode.OPTION),
            NodeOptions.ALL)
        .flatMap(List::stream);
  }

  private static Stream<ConfigOption<?>> argumentsOfServe() {
    return Stream.concat(
        optionsOfAService().filter(option -> option != ServiceSpec.SERVICE), optionsOfANode());
  }

  private List<CommandLine> commands() {
    return Stream.of(
            new ServeCommand(console, signals),
            new DemoCommand(console, signals),
            new GatewayCommand(console, signals),
            new InspectCommand(console),
            new StatusCommand(console, signals),
            new KeyCommand(console))
        .map(CommandLine::new)
        .toList();
  }

  private static List<String> names(Stream<ConfigOption<?>> options) {
    return options.map(ConfigOption::name).toList();
  }

  private static void matches(ConfigOption<?> option, OptionTables.Row row) {
    String allowed = OptionTables.plain(option.type().allowed());
    assertThat(row.fallback()).as(row.name()).isEqualTo(OptionTables.plain(option.defaultText()));
    assertThat(row.allowed() + "; ").as(row.name()).startsWith(allowed + "; ");
  }

  @Test
  void theTableOfTheSourceHasTheOptionsOfAServiceInTheirOrder() {
    assertThat(DOCS.rows(SOURCE, WITH_ALLOWED).map(OptionTables.Row::name))
        .containsExactlyElementsOf(names(optionsOfAService()));
  }

  @ParameterizedTest
  @MethodSource("optionsOfAService")
  void anOptionOfAServiceHasTheDocumentedDefaultAndRange(ConfigOption<?> option) {
    matches(option, DOCS.row(SOURCE, option.name()));
  }

  @Test
  void theTablesOfTheCommandLineHaveTheOptionsOfANodeInTheirOrder() {
    List<String> documented =
        new ArrayList<>(
            Stream.of(COMMANDS, CLIENTS, TLS, AUTH, TELEMETRY)
                .flatMap(section -> DOCS.rows(section, WITH_ALLOWED))
                .map(OptionTables.Row::name)
                .toList());
    assertThat(documented.remove("--cluster")).isTrue(); // a flag
    assertThat(documented).containsExactlyElementsOf(arguments(optionsOfANode()));
  }

  @ParameterizedTest
  @MethodSource("optionsOfANode")
  void anOptionOfANodeHasTheDocumentedDefaultAndRange(ConfigOption<?> option) {
    matches(option, DOCS.row(section(option), "--" + option.name()));
  }

  private static String section(ConfigOption<?> option) {
    if (NodeLimits.ALL.contains(option)) {
      return CLIENTS;
    }
    if (AuthOptions.ALL.contains(option) || option == NodeOptions.CORS_ORIGINS) {
      return AUTH;
    }
    if (TelemetryOptions.ALL.contains(option)) {
      return TELEMETRY;
    }
    return TlsOptions.ALL.contains(option) ? TLS : COMMANDS;
  }

  @ParameterizedTest
  @MethodSource("argumentsOfServe")
  void theHelpOfServeHasEachOptionWithItsDefault(ConfigOption<?> option) {
    String help =
        new CommandLine(new ServeCommand(console, signals))
            .getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help)
        .containsIgnoringWhitespaces(
            " --" + option.name() + "=" + option.type().label() + " ",
            option.help() + " (default: " + option.defaultText() + ").");
  }

  @ParameterizedTest
  @MethodSource("optionsOfAService")
  void theTableOfServeHasTheDefaultsOfTheSource(ConfigOption<?> option) {
    if (option != ServiceSpec.SERVICE) { // which is --name there
      assertThat(DOCS.row(COMMANDS, "--" + option.name()).fallback())
          .isEqualTo(OptionTables.plain(option.defaultText()));
    }
  }

  @Test
  void theTablesOfTheCommandLineHaveTheArgumentsOfAllCommandsAndNoOthers() {
    Set<String> arguments =
        commands().stream()
            .flatMap(command -> command.getCommandSpec().options().stream())
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(CommandLine.Model.OptionSpec::longestName)
            .collect(Collectors.toCollection(TreeSet::new));
    arguments.remove("--json"); // is in the text about the command status
    Set<String> documented =
        Stream.of(COMMANDS, CLIENTS, TLS, AUTH, TELEMETRY, KEY, SPARK)
            .flatMap(section -> DOCS.rows(section))
            .flatMap(row -> row.names().stream())
            .filter(name -> name.startsWith("--"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(arguments);
  }

  @Test
  void theTableOfASparkClusterHasTheSettingsOfItsNodes() {
    Set<String> settings =
        Stream.concat(
                optionsOfANode().filter(option -> !NodeOptions.ALL.contains(option)),
                Stream.of( // the others by a link
                    NodeLimits.ALL.get(0),
                    TlsOptions.ALL.get(0),
                    AuthOptions.ALL.get(0),
                    TelemetryOptions.ALL.get(0)))
            .map(option -> MembershipArguments.SETTING + option.name())
            .collect(Collectors.toSet());
    assertThat(
            DOCS.rows(SPARK)
                .flatMap(row -> row.names().stream())
                .filter(name -> name.startsWith(MembershipArguments.SETTING)))
        .containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void aPathIsNoOptionOfTheDemo() {
    assertThat(commands().get(1).getCommandSpec().findOption("--" + ServicePath.PATH.name()))
        .isNull();
  }

  private static List<String> arguments(Stream<ConfigOption<?>> options) {
    return names(options).stream().map(name -> "--" + name).toList();
  }
}
