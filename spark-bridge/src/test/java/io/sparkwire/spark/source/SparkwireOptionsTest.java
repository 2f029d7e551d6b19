package io.sparkwire.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.history.Replay;
import io.sparkwire.intake.ErrorDetail;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ResponseOptions.RequestIds;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.python.PythonOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkwireOptionsTest {

  private static final Map<String, String> EVERY_KEY =
      Map.ofEntries(
          Map.entry("service", "my_api"),
          Map.entry("host", "0.0.0.0"),
          Map.entry("port", "9999"),
          Map.entry("path", "/models/:name"),
          Map.entry("methods", "get, PUT"),
          Map.entry("batch", "On"),
          Map.entry("protocols", "json, V2"),
          Map.entry("partitions", "3"),
          Map.entry("epoch-length", "90s"),
          Map.entry("epochs", "drained"),
          Map.entry("max-attempts", "5"),
          Map.entry("replay", "Exact"),
          Map.entry("error-detail", "message"),
          Map.entry("non-finite", "read"),
          Map.entry("idempotency", "24h"),
          Map.entry("async", "1h"),
          Map.entry("async-timeout", "5m"),
          Map.entry("no-row", "404"),
          Map.entry("compress-above", "2KB"),
          Map.entry("overload-status", "429"),
          Map.entry("request-id", "always"),
          Map.entry("server-timing", "on"),
          Map.entry("max-in-flight", "17"),
          Map.entry("max-body", "64KB"),
          Map.entry("docs", "off"),
          Map.entry("max-rows", "50"),
          Map.entry("timeout", "250ms"),
          Map.entry("python-workers", "3"),
          Map.entry("python-batch-rows", "64"),
          Map.entry("python-memory", "2GB"),
          Map.entry("python-timeout", "80ms"));

  private static SparkwireOptions with(String key, String value) {
    return SparkwireOptions.of(Map.of("service", "my_api", key, value));
  }

  private static ServiceSpec defaults(String name) {
    long megabyte = 1 << 20;
    Duration timeout = Duration.ofSeconds(30);
    return new ServiceSpec(
        name,
        new ListenAddress("127.0.0.1", 8888),
        new RouteSpec("/" + name, Set.of("POST"), false, RouteSpec.PROTOCOLS.defaultValue(), true),
        new ServiceLimits(1024, megabyte, 1_000, timeout),
        ReplyRetention.OFF,
        ResponseOptions.DEFAULT,
        ServiceSchema.UNKNOWN);
  }

  @Test
  void theDefaultsAreTheseUnlessSetOtherwise() {
    SparkwireOptions options = SparkwireOptions.of(Map.of("service", "my_api"));

    assertThat(options)
        .isEqualTo(
            new SparkwireOptions(
                defaults("my_api"),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                new EpochOptions(Duration.ofMinutes(5), EpochOptions.End.AUTO),
                new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE),
                new PythonOptions(0, 1_000, 0, Duration.ofSeconds(10))));
  }

  @Test
  void everyKeySetsItsOwnValue() {
    assertThat(SparkwireOptions.ALL.stream().map(ConfigOption::name))
        .containsExactlyInAnyOrderElementsOf(EVERY_KEY.keySet());
    assertThat(SparkwireOptions.of(EVERY_KEY))
        .isEqualTo(
            new SparkwireOptions(
                new ServiceSpec(
                    "my_api",
                    new ListenAddress("0.0.0.0", 9999),
                    new RouteSpec(
                        "/models/:name",
                        Set.of("GET", "PUT"),
                        true,
                        Set.of(ServiceProtocol.JSON, ServiceProtocol.V2),
                        false),
                    new ServiceLimits(17, 64 * 1024, 50, Duration.ofMillis(250)),
                    new ReplyRetention(
                        Duration.ofHours(24), Duration.ofHours(1), Duration.ofMinutes(5)),
                    new ResponseOptions(404, 2 * 1024, 429, RequestIds.ALWAYS, true),
                    ServiceSchema.UNKNOWN),
                3,
                new EpochOptions(Duration.ofSeconds(90), EpochOptions.End.DRAINED),
                new RetryPolicy(5, Replay.EXACT, ErrorDetail.MESSAGE),
                new PythonOptions(3, 64, 2L << 30, Duration.ofMillis(80))));
  }

  @Test
  void keysCompareWithoutCaseAsSparkWritesThem() {
    Map<String, String> upper = new HashMap<>();
    EVERY_KEY.forEach((key, value) -> upper.put(key.toUpperCase(java.util.Locale.ROOT), value));

    assertThat(SparkwireOptions.of(upper)).isEqualTo(SparkwireOptions.of(EVERY_KEY));
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> with("epoch_length", "1s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown option 'epoch_length'; the nearest known one is 'epoch-length'");
  }

  @Test
  void aServiceMustHaveAName() {
    assertThatThrownBy(() -> SparkwireOptions.of(Map.of("port", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'service', the name of the service, is missing");
  }

  @Test
  void aNameThatCannotBeOneIsRefusedBeforeThePathThatIsMadeOfIt() {
    assertThatThrownBy(() -> SparkwireOptions.of(Map.of("service", "my api?")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'service' must be letters, digits, '.', '-' and '_', got 'my api?'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "partitions   | 0      | option 'partitions' must be 1 to 4096, got '0'",
        "partitions   | 4097   | option 'partitions' must be 1 to 4096, got '4097'",
        "partitions   | two    | option 'partitions' must be a whole number, got 'two'",
        "epoch-length | 0ms    | option 'epoch-length' must be at least 1ms, got '0ms'",
        "max-attempts | 0      | option 'max-attempts' must be 1 to 100, got '0'",
        "replay       | all    | option 'replay' must be unfinished or exact, got 'all'",
        "epochs       | open   | option 'epochs' must be auto or drained, got 'open'",
        "port         | 65536  | option 'port' must be 0 to 65535, got '65536'",
        "path         | my_api | option 'path' must be a path that starts with '/', got 'my_api'",
        "timeout      | 30     | option 'timeout' must be a duration as in 500ms, 30s, 5m or 1h, got '30'",
        "methods      | POST,  | option 'methods' must be values separated by single commas, got 'POST,'",
      })
  void aValueOutOfItsRangeIsRefused(String key, String value, String message) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theEndsOfTheRangesAreAllowed() {
    assertThat(with("partitions", "1").partitions()).isEqualTo(1);
    assertThat(with("partitions", "4096").partitions()).isEqualTo(4096);
    assertThat(with("epoch-length", "1ms").epochs().length()).isEqualTo(Duration.ofMillis(1));
    assertThat(with("epochs", "AUTO").epochs().end()).isEqualTo(EpochOptions.End.AUTO);
  }

  @Test
  void theyTravelWithTasks() throws Exception {
    SparkwireOptions options = SparkwireOptions.of(EVERY_KEY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(options);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(options);
  }
}
