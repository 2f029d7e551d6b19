package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before Spark starts, or anything listens. */
class ServeOptionsTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String SERVE_HELP = "; see 'sparkwire serve --help'";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... args) {
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    return new Sparkwire(environment, console, new StopSignals(code -> {})).run(args);
  }

  private int serve(String... args) {
    List<String> all = new ArrayList<>(List.of("serve", "--schema", "value INT"));
    all.addAll(List.of(args));
    if (!all.contains("--sql")) {
      all.addAll(List.of("--sql", "SELECT value FROM requests"));
    }
    return run(Map.of(), all.toArray(String[]::new));
  }

  private void saysOnly(String line) {
    assertThat(err.toString().lines()).containsExactly("sparkwire: " + line);
    assertThat(out.toString()).isEmpty(); // so no step has begun, that of starting Spark among them
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--path=/:x/:x            | option 'path' must name each parameter once, got '/:x/:x'",
        "--path=/a?b              | option 'path' must have %3F for '?', %23 for '#', got '/a?b'",
        "--path=a                 | option 'path' must be a path that starts with '/', got 'a'",
        "--path=                  | option 'path' must not be empty",
        "--methods=GET POST       | option 'methods' must be names of HTTP methods with commas between, as in GET,POST, got 'GET POST'",
        "--methods=GET,CONNECT    | option 'methods' must be methods that a service can answer, none of CONNECT, TRACE, PRI, got 'CONNECT'",
        "--name=a b               | option 'name' must be letters, digits, '.', '-' and '_', got 'a b'",
        "--name=..                | option 'name' must be letters, digits, '.', '-' and '_', got '..'",
        "--host=a b               | option 'host' must be an address or a host name, got 'a b'",
        "--host=                  | option 'host' must not be empty",
        "--port=99999999999       | option 'port' must be a whole number, got '99999999999'",
        "--timeout=9999999999h    | option 'timeout' must be a duration as in 500ms, 30s, 5m or 1h, got '9999999999h'",
        "--timeout=2562047h       | option 'timeout' must be at most 8760h, got '2562047h'",
        "--drain-timeout=10000h   | option 'drain-timeout' must be at most 8760h, got '10000h'",
        "--max-body=9999999999GB  | option 'max-body' must be a size as in 65536, 64KB or 1MB, got '9999999999GB'",
        "--replicas=17            | option 'replicas' must be 1 to 16, got '17'",
        "--replicas=0             | option 'replicas' must be 1 to 16, got '0'",
        "--master=lcoal[2]        | option 'master' must be local[N], local[N,TRIES], spark://HOST:PORT, k8s://ADDRESS or yarn, got 'lcoal[2]'",
        "--master=local[0]        | option 'master' must be local[N], local[N,TRIES], spark://HOST:PORT, k8s://ADDRESS or yarn, got 'local[0]'",
        "--master=spark://host    | option 'master' must be local[N], local[N,TRIES], spark://HOST:PORT, k8s://ADDRESS or yarn, got 'spark://host'",
        "--spark=driver.memory=1g | option 'spark' must be KEY=VALUE with a key that begins with 'spark.', got 'driver.memory=1g'",
        "--reply=a,,b             | option 'reply' must be values separated by single commas, got 'a,,b'",
        "--async-timeout=1m       | option 'async-timeout' needs the option 'async'",
        "--admin-host=127.0.0.1   | option 'admin-host' needs the option 'admin-port'",
        "--admin-tls=off          | option 'admin-tls' needs the option 'admin-port'",
        "--tls-cert=c.pem         | option 'tls-cert' needs the option 'tls-key', and the other way round",
        "--tls-protocols=SSLv3    | give 'tls-cert' and 'tls-key', or 'tls-keystore'",
        "--tls-client-auth=on     | give 'tls-cert' and 'tls-key', or 'tls-keystore'",
        "--cluster-port=8888      | option 'cluster-port' must differ from 'port', got '8888' for both",
        "--cluster-port=8788      | option 'cluster-port plus 100' must differ from 'port', got '8888' for both",
        "--admin-port=8888        | option 'admin-port' must differ from 'port', got '8888' for both",
      })
  void anOptionThatIsWrongByItself(String option, String message) {
    assertThat(serve(option)).isEqualTo(USAGE);
    saysOnly(message + SERVE_HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--trigger=continuous --replay=exact | option 'replay' must be unfinished with the continuous trigger, whose readers outlive epochs; use --trigger micro for exact",
        "--trigger=realtime --trigger-interval=1s | option 'trigger-interval' must be at least 5s with the realtime trigger, the value of Spark's spark.sql.streaming.realTimeMode.minBatchDuration, got '1s'",
        "--trigger=realtime --epoch-length=4999ms | option 'epoch-length' must be at least 5s with the realtime trigger, the value of Spark's spark.sql.streaming.realTimeMode.minBatchDuration, got '4999ms'",
        "--trigger=continuous --master=local[2] --partitions=3 | option 'partitions' must leave a task slot for each of 3 readers (partitions times replicas), but the master 'local[2]' has 2",
        "--trigger=realtime --master=local[3] --partitions=2 --replicas=2 | option 'partitions' must leave a task slot for each of 4 readers (partitions times replicas), but the master 'local[3]' has 3",
      })
  void optionsThatDoNotGoTogether(String options, String message) {
    assertThat(serve(options.split(" "))).isEqualTo(USAGE);
    saysOnly(message + SERVE_HELP);
  }

  @ParameterizedTest
  @CsvSource({
    "--spark=spark.ui.enabled=perhaps, 'spark.ui.enabled=perhaps'",
    "--spark=spark.ui.enabled=true, start with SPARK_LOCAL_IP=127.0.0.1 in the environment",
    "--spark=spark.sql.shuffle.partitions=many, spark.sql.shuffle.partitions",
    "--spark=spark.executor.memory=much, much",
    "--sql=SELECT value FORM requests, the SQL cannot be read: [PARSE_SYNTAX_ERROR]",
    "--sql=DROP TABLE requests, the SQL cannot be read: [PARSE_SYNTAX_ERROR]",
    "--sql=, option 'sql' must not be empty",
    "--spark=oops, should be in KEY=VALUE",
  })
  void whatSparkWouldRefuse(String option, String said) {
    String[] args = {
      "serve", "--schema", "value INT", "--sql", "SELECT value FROM requests", option
    };
    if (option.startsWith("--sql")) {
      args = new String[] {"serve", "--schema", "value INT", option};
    }
    assertThat(run(Map.of(), args)).isEqualTo(USAGE);
    assertThat(err.toString().lines()).singleElement().asString().contains(said);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWrongValueLeadsToItsLineInTheFile() throws IOException {
    Path file = directory.resolve("service.yaml");
    Files.write(
        file, List.of("schema: value INT", "sql: SELECT value FROM requests", "port: 70000"));
    assertThat(run(Map.of(), "serve", "--config", file.toString())).isEqualTo(USAGE);
    saysOnly(
        "option 'port' must be 0 to 65535, got '70000' (in " + file + ", line 3)" + SERVE_HELP);
  }

  @Test
  void aWrongValueLeadsToItsVariable() {
    Map<String, String> environment = Map.of("SPARKWIRE_METHODS", "GET POST");
    String[] args = {"serve", "--schema", "value INT", "--sql", "SELECT value FROM requests"};
    assertThat(run(environment, args)).isEqualTo(USAGE);
    assertThat(err.toString())
        .contains("got 'GET POST' (in the environment variable SPARKWIRE_METHODS)");
  }

  @Test
  void theOtherCommandsCheckTheirs() {
    assertThat(run(Map.of(), "gateway", "--port", "70000")).isEqualTo(USAGE);
    assertThat(run(Map.of(), "gateway", "--admin-port", "8888")).isEqualTo(USAGE);
    assertThat(run(Map.of(), "demo", "--methods", "GET POST")).isEqualTo(USAGE);
    assertThat(run(Map.of(), "status", "--join", "a:b:c")).isEqualTo(USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "sparkwire: option 'port' must be 0 to 65535, got '70000'; see 'sparkwire gateway --help'",
            "sparkwire: option 'admin-port' must differ from 'port', got '8888' for both;"
                + " see 'sparkwire gateway --help'",
            "sparkwire: option 'methods' must be names of HTTP methods with commas between, as in"
                + " GET,POST, got 'GET POST'; see 'sparkwire demo --help'",
            "sparkwire: option 'join' must be host or host:port, as in 10.0.0.7:5701, got 'a:b:c';"
                + " see 'sparkwire status --help'");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnknownHost() {
    assertThat(serve("--host", "no-such-host.invalid")).isEqualTo(FAILED);
    saysOnly(
        "option 'host' must be an address of this machine, got 'no-such-host.invalid', which cannot"
            + " be resolved");
  }

  @Test
  void aCheckpointBelowAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(serve("--port", "0", "--checkpoint", file.resolve("below").toString()))
        .isEqualTo(FAILED);
    saysOnly("--checkpoint needs a directory, but '" + file + "' is a file");
  }

  @Test
  void aWarmUpThatItsOwnServiceWouldRefuse() throws IOException {
    Path file = directory.resolve("sample.json");
    Files.writeString(file, "{\"value\":12345}");
    assertThat(serve("--port", "0", "--max-body", "3", "--warm-up", file.toString()))
        .isEqualTo(FAILED);
    saysOnly("--warm-up needs a body of at most --max-body, but '" + file + "' has 15 bytes");
    assertThat(Arrays.stream(err.toString().split("\n"))).hasSize(1);
  }
}
