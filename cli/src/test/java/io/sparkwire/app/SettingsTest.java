package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingsTest {

  private static final String PORT = "--port";

  @TempDir Path directory;
  private CommandLine serve;
  private Path file;

  @BeforeEach
  void aProgramOfOneCommand() {
    CommandSpec options = CommandSpec.create().name("serve");
    options.addMixin("listener", CommandSpec.forAnnotatedObject(new ListenerArguments()));
    options.addMixin("run", CommandSpec.forAnnotatedObject(new RunArguments()));
    serve = new CommandLine(options);
    new CommandLine(CommandSpec.create()).addSubcommand(serve);
    file = directory.resolve("sparkwire.yaml");
  }

  private void file(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private Object value(String option, Map<String, String> environment, String... args) {
    serve.setDefaultValueProvider(Settings.of(serve, args, environment));
    serve
        .getParent()
        .parseArgs(Stream.concat(Stream.of("serve"), Stream.of(args)).toArray(String[]::new));
    return serve.getCommandSpec().findOption(option).getValue();
  }

  @Test
  void theFileSetsOptions() throws IOException {
    file("port: 1", "max-body: 2MB");
    assertThat(value(PORT, Map.of(), "--config", file.toString())).isEqualTo("1");
    assertThat(value("--max-body", Map.of(), "--config=" + file)).isEqualTo("2MB");
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() throws IOException {
    file("port: 1");
    assertThat(value(PORT, Map.of("SPARKWIRE_PORT", "2"), "--config", file.toString()))
        .isEqualTo("2");
  }

  @Test
  void theCommandLineGoesBeforeBoth() throws IOException {
    file("port: 1");
    assertThat(value(PORT, Map.of("SPARKWIRE_PORT", "2"), "--config", file.toString(), PORT, "3"))
        .isEqualTo("3");
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    file("port: 1");
    assertThat(value(PORT, Map.of("SPARKWIRE_CONFIG", file.toString()))).isEqualTo("1");
  }

  @Test
  void anOptionThatIsNotSetHasNoValue() {
    assertThat(value(PORT, Map.of())).isNull();
  }

  @Test
  void valuesAreTheTextInTheFile() throws IOException {
    file("port: 010", "epochs: off");
    assertThat(value(PORT, Map.of(), "--config", file.toString())).isEqualTo("010");
    assertThat(value("--epochs", Map.of(), "--config", file.toString())).isEqualTo("off");
  }

  @Test
  void anOptionThatIsGivenSeveralTimesIsAListOrAMap() throws IOException {
    file("spark: {spark.ui.enabled: true, spark.jars: 'a,b'}");
    assertThat(value("--spark", Map.of(), "--config", file.toString()))
        .isEqualTo(Map.of("spark.ui.enabled", "true", "spark.jars", "a,b"));
    file("spark:", "  - spark.ui.enabled=true", "  - spark.jars=a,b");
    assertThat(value("--spark", Map.of(), "--config", file.toString()))
        .isEqualTo(Map.of("spark.ui.enabled", "true", "spark.jars", "a,b"));
  }

  @Test
  void aFlagCanBeSet() throws IOException {
    file("verbose: true");
    assertThat(value("--verbose", Map.of(), "--config", file.toString())).isEqualTo(true);
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    file("# nothing yet");
    assertThat(value(PORT, Map.of(), "--config", file.toString())).isNull();
  }

  @Test
  void anUnknownKeyOfTheFileNamesTheNearest() throws IOException {
    file("max-inflight: 5");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessage(
            "in "
                + file
                + ", line 1: unknown option 'max-inflight';"
                + " the nearest known one is 'max-in-flight'");
  }

  @Test
  void anUnknownVariableNamesTheNearest() {
    assertThatThrownBy(() -> value(PORT, Map.of("SPARKWIRE_MAX_INFLIGHT", "5")))
        .hasMessage(
            "unknown environment variable 'SPARKWIRE_MAX_INFLIGHT';"
                + " the nearest known one is 'SPARKWIRE_MAX_IN_FLIGHT'");
  }

  @Test
  void variablesOfOthersAreLeftAlone() {
    Map<String, String> environment =
        Map.of(
            "SPARKWIRE_JAVA_OPTS", "-Xmx1g",
            "SPARKWIRE_PORT", "tcp://10.0.0.1:8888",
            "SPARKWIRE_SERVICE_HOST", "10.0.0.1",
            "SPARKWIRE_SERVICE_PORT", "8888",
            "SPARKWIRE_PORT_8888_TCP_ADDR", "10.0.0.1",
            "SPARK_HOME", "/opt/spark");
    assertThat(value(PORT, environment)).isNull();
  }

  @Test
  void aFileThatIsNotOptionsIsRefused() throws IOException {
    file("- port", "- 8888");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessageEndingWith("options are expected, one on a line, as in 'port: 8888'");
    file("port: [1");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("in " + file + ", line 2: while parsing a flow sequence");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessage("option 'config': there is no file '" + file + "'");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", directory.toString()))
        .hasMessage("option 'config': cannot read '" + directory + "': Is a directory");
  }

  @Test
  void aListIsWhatTheCommandLineHasWithCommas() throws IOException {
    file("methods:", "  - get", "  - ' PUT '", "port: 8080  # as a number", "verbose: True");
    assertThat(value("--methods", Map.of(), "--config", file.toString())).isEqualTo("get,PUT");
    file("methods: [GET, POST]");
    assertThat(value("--methods", Map.of(), "--config", file.toString())).isEqualTo("GET,POST");
    file("methods: GET, POST");
    assertThat(value("--methods", Map.of(), "--config", file.toString())).isEqualTo("GET, POST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: [1, 2]           | option 'port' must be one value, not a list",
        "port: {a: 1}           | option 'port' must be one value, not a map",
        "methods: {GET: true}   | option 'methods' must be a value or a list, not a map",
        "methods: [[GET], POST] | option 'methods' must be of single values, not of lists or maps",
        "methods: []            | option 'methods' must be a list with values",
        "methods: [GET, '']     | option 'methods' must be left out or have a value, got ''",
        "port:                  | option 'port' must be left out or have a value, got ''",
        "host: ' '              | option 'host' must be left out or have a value, got ''",
        "spark: {a: {b: c}}     | option 'spark' must be of single values, not of lists or maps",
        "verbose: yes           | option 'verbose' must be true or false, got 'yes'",
        "[a, b]: c              | the name of an option is expected",
        "timeout: 5s            | option 'timeout' is there already: {file}, line 2",
        "max_body: 1            | unknown option 'max_body'; the nearest known one is 'max-body'",
        "--host: a              | unknown option '--host'; the nearest known one is 'host'",
      })
  void whatIsWrongInAFileIsNamedByLineAndKey(String line, String wrong) throws IOException {
    file("# a comment", "timeout: 30s", "", line);
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("in " + file + ", line 4: " + wrong.replace("{file}", file.toString()));
  }

  @Test
  void whatIsNoYamlIsNamedByItsLine() throws IOException {
    file("port: 1", "host: \"a");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessageStartingWith("in " + file + ", line 3: while scanning a quoted scalar");
    file("port: 1", "\thost: a");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessageStartingWith("in " + file + ", line 2: ");
    file("port: 1", "---", "port: 2");
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessageEndingWith("one document is expected, and this begins another");
    Files.write(file, new byte[] {'a', ':', (byte) 0xFF});
    assertThatThrownBy(() -> value(PORT, Map.of(), "--config", file.toString()))
        .hasMessage("option 'config': '" + file + "' is not UTF-8");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAKey() throws IOException {
    file("\uFEFFport: 1");
    assertThat(value(PORT, Map.of(), "--config", file.toString())).isEqualTo("1");
  }

  @Test
  void variablesHaveNoBlanksAroundThemAndAreNotEmpty() {
    assertThat(value(PORT, Map.of("SPARKWIRE_PORT", " 2\t"))).isEqualTo("2");
    assertThatThrownBy(() -> value(PORT, Map.of("SPARKWIRE_PORT", " ")))
        .hasMessage(
            "the environment variable 'SPARKWIRE_PORT' is empty; unset it, or give it a value");
  }

  @Test
  void aMessageLeadsToWhereItsOptionWasSet() throws IOException {
    file("# first", "port: 1", "host: h");
    Map<String, String> environment = Map.of("SPARKWIRE_TIMEOUT", "1s");
    String[] args = {"--config", file.toString(), "--host=i"};
    Settings settings = Settings.of(serve, args, environment);

    assertThat(settings.originOf("option 'port' must be …")).contains(file + ", line 2");
    assertThat(settings.originOf("invalid value for option '--port': …"))
        .contains(file + ", line 2");
    assertThat(settings.originOf("option 'timeout' must be …"))
        .contains("the environment variable SPARKWIRE_TIMEOUT");
    assertThat(settings.originOf("option 'host' must be …")).isEmpty();
    assertThat(settings.originOf("something else")).isEmpty();
  }
}
