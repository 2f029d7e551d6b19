package io.sparkwire.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  private static final String KEY = "max-body";
  private static final Set<String> KNOWN =
      Set.of("service", "host", "port", "path", "timeout", "partitions", KEY);

  private static Options of(String value) {
    return new Options(Map.of(KEY, value), KNOWN);
  }

  private static void refused(Runnable reading, String allowed, String got) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'max-body' must be " + allowed + ", got '" + got + "'");
  }

  @Test
  void whatIsNotThereIsWhatTheReaderSays() {
    Options none = new Options(Map.of(), KNOWN);

    assertThat(none.has(KEY)).isFalse();
    assertThat(none.text(KEY, "text")).isEqualTo("text");
    assertThat(none.text(KEY, null)).isNull();
    assertThat(none.list(KEY, List.of("a"))).containsExactly("a");
    assertThat(none.integer(KEY, 3)).isEqualTo(3);
    assertThat(none.duration(KEY, Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    assertThat(none.bytes(KEY, 5L)).isEqualTo(5);
  }

  @Test
  void keysCompareWithoutCase() {
    Options options = new Options(Map.of("Max-BODY", "1"), KNOWN);

    assertThat(options.has(KEY)).isTrue();
    assertThat(options.integer(KEY, 0)).isEqualTo(1);
  }

  @Test
  void textHasNoBlanksAroundIt() {
    assertThat(of(" A b\t").text(KEY, "c")).isEqualTo("A b");
    assertThat(of("").text(KEY, "c")).isEmpty();
  }

  @Test
  void aDurationOfMoreThanAYearIsAMistake() {
    assertThat(of(" 8760h ").duration(KEY, null)).isEqualTo(Duration.ofDays(365));
    for (String wrong : List.of("8761h", "2562047h", "9000000000s")) {
      assertThatThrownBy(() -> of(wrong).duration(KEY, null))
          .hasMessage("option 'max-body' must be at most 8760h, got '" + wrong + "'");
      assertThatThrownBy(() -> of(wrong).durationOrOff(KEY)).hasMessageContaining("at most 8760h");
    }
  }

  @Test
  void laterChangesOfTheMapDoNotCount() {
    Map<String, String> values = new HashMap<>(Map.of(KEY, "1"));
    Options options = new Options(values, KNOWN);
    values.put(KEY, "2");

    assertThat(options.integer(KEY, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "timout, timeout",
    "TimeOut2, timeout",
    "prot, port",
    "x, host", // as far as from 'path' and 'port': the first in the alphabet
    "partition, partitions",
    "max_body, max-body",
  })
  void anUnknownKeyNamesTheNearestKnownOne(String key, String nearest) {
    assertThatThrownBy(() -> new Options(Map.of(key, "1"), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown option '"
                + key.toLowerCase(java.util.Locale.ROOT)
                + "'; the nearest known one is '"
                + nearest
                + "'");
  }

  @Test
  void whereNothingIsKnownEveryKeyIsUnknown() {
    assertThatThrownBy(() -> new Options(Map.of("a", "1"), Set.of()))
        .hasMessage("unknown option 'a'; the nearest known one is 'none'");
  }

  @Test
  void valuesOfAListAreSeparatedByCommas() {
    assertThat(of("POST").list(KEY, List.of())).containsExactly("POST");
    assertThat(of(" POST ,GET,  PUT ").list(KEY, List.of())).containsExactly("POST", "GET", "PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ", "POST,", ",POST", "POST,,GET"})
  void aListWithAnEmptyValueIsRefused(String text) {
    refused(() -> of(text).list(KEY, List.of()), "values separated by single commas", text);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "' 7 ',7", "-3,-3", "2147483647,2147483647", "-2147483648,-2147483648"})
  void wholeNumbersAreRead(String text, int number) {
    assertThat(of(text).integer(KEY, 0)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7.0", "seven", "2147483648", "-2147483649", "0x10", "1_000", "1 0"})
  void whatIsNoWholeNumberIsRefused(String text) {
    refused(() -> of(text).integer(KEY, 0), "a whole number", text);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "1h, PT1H",
    "0s, PT0S",
    "' 2 S ', PT2S",
    "7MS, PT0.007S",
    "8760h, PT8760H",
  })
  void durationsHaveAUnit(String text, Duration duration) {
    assertThat(of(text).duration(KEY, Duration.ZERO)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "-1s",
        "1.5s",
        "1d",
        "1us",
        "1m30s",
        "PT1S",
        "2562048h", // more nanoseconds than fit a long
        "9223372036854775808ms",
      })
  void whatIsNoDurationIsRefused(String text) {
    refused(
        () -> of(text).duration(KEY, Duration.ZERO), "a duration as in 500ms, 30s, 5m or 1h", text);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "64KB, 65536",
    "1mb, 1048576",
    "2GB, 2147483648",
    "' 10 B ', 10",
    "0, 0",
    "9223372036854775807, 9223372036854775807",
    "8589934591gb, 9223372035781033984",
  })
  void sizesMayHaveAUnitOfPowersOf1024(String text, long bytes) {
    assertThat(of(text).bytes(KEY, 1L)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KB",
        "-1",
        "1.5MB",
        "1TB",
        "1KiB",
        "1 2",
        "9223372036854775808",
        "8589934592GB", // 2 to the power of 63
      })
  void whatIsNoSizeIsRefused(String text) {
    refused(() -> of(text).bytes(KEY, 1L), "a size as in 65536, 64KB or 1MB", text);
  }

  @Test
  void aDurationMayBeOff() {
    assertThat(of("Off").durationOrOff(KEY)).isZero();
    assertThat(of("5m").durationOrOff(KEY)).isEqualTo(Duration.ofMinutes(5));
    assertThat(new Options(Map.of(), KNOWN).durationOrOff(KEY)).isZero();
    refused(() -> of("on").durationOrOff(KEY), "off, or a duration as in 30s, 5m or 1h", "on");
  }
}
