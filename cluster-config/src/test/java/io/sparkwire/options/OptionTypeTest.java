package io.sparkwire.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTypeTest {

  private static final OptionType<Integer> NUMBERS =
      OptionType.numbers(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final OptionType<Duration> DURATIONS = OptionType.durations();
  private static final OptionType<Duration> OR_OFF = OptionType.durationsOrOff("1s", "8760h");
  private static final OptionType<Long> SIZES = OptionType.sizes(0, Long.MAX_VALUE);
  private static final OptionType<List<String>> LISTS = OptionType.lists("METHOD", "methods");
  private static final OptionType<String> TEXTS =
      OptionType.texts("TEXT", text -> !text.equals("no"), "anything but no");
  private static final OptionType<Letter> CHOICE = OptionType.choice(List.of(Letter.values()));

  private enum Letter {
    ALPHA,
    BETA
  }

  private static <T> T read(OptionType<T> type, String text) {
    return ConfigOption.computed("max-body", type, "none", "Largest body").read(text);
  }

  private static void refused(OptionType<?> type, String text, String allowed) {
    assertThatThrownBy(() -> read(type, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'max-body' must be " + allowed + ", got '" + text + "'");
  }

  @Test
  void textHasNoBlanksAroundIt() {
    assertThat(read(TEXTS, " A b\t")).isEqualTo("A b");
    assertThat(read(TEXTS, "")).isEmpty();
    refused(TEXTS, " no ", "anything but no");
  }

  @Test
  void constantsAreChosenByNameWithoutRegardToCase() {
    assertThat(read(CHOICE, " Beta ")).isEqualTo(Letter.BETA);
    refused(CHOICE, "gamma", "alpha or beta");
  }

  @Test
  void valuesOfAListAreSeparatedByCommas() {
    assertThat(read(LISTS, "POST")).containsExactly("POST");
    assertThat(read(LISTS, " POST ,GET,  PUT ")).containsExactly("POST", "GET", "PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , ", "POST,", ",POST", "POST,,GET"})
  void aListWithAnEmptyValueIsRefused(String text) {
    refused(LISTS, text, "values separated by single commas");
  }

  @ParameterizedTest
  @CsvSource({"7,7", "' 7 ',7", "-3,-3", "2147483647,2147483647", "-2147483648,-2147483648"})
  void wholeNumbersAreRead(String text, int number) {
    assertThat(read(NUMBERS, text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7.0", "seven", "2147483648", "-2147483649", "0x10", "1_000", "1 0"})
  void whatIsNoWholeNumberIsRefused(String text) {
    refused(NUMBERS, text, "a whole number");
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
    "' 8760h ', PT8760H",
  })
  void durationsHaveAUnit(String text, Duration duration) {
    assertThat(read(DURATIONS, text)).isEqualTo(duration);
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
    refused(DURATIONS, text, "a duration as in 500ms, 30s, 5m or 1h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8761h", "2562047h", "9000000000s"})
  void aDurationOfMoreThanAYearIsAMistake(String text) {
    refused(DURATIONS, text, "at most 8760h");
    refused(OR_OFF, text, "at most 8760h");
  }

  @Test
  void aDurationMayBeOff() {
    assertThat(read(OR_OFF, "Off")).isZero();
    assertThat(read(OR_OFF, "5m")).isEqualTo(Duration.ofMinutes(5));
    refused(OR_OFF, "on", "off, or a duration as in 30s, 5m or 1h");
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
    assertThat(read(SIZES, text)).isEqualTo(bytes);
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
    refused(SIZES, text, "a size as in 65536, 64KB or 1MB");
  }

  @Test
  void whatIsOutOfTheRangeIsRefused() {
    refused(OptionType.numbers(1, 5), "6", "1 to 5");
    refused(OptionType.numbers(List.of(1, 3)), "2", "1 or 3");
    refused(OptionType.sizesOrOff(1, 2048), "0", "off or 1 to 2048 bytes");
    refused(OptionType.sizes(0, 2048), "3KB", "0 to 2048 bytes");
    refused(OptionType.sizes(), "0", "at least 1 byte");
    refused(OptionType.durations("1ms"), "0s", "at least 1ms");
    refused(OptionType.durations("1ms", "24h"), "25h", "1ms to 24h");
    refused(OptionType.durationsOrOff("1s", "2s"), "3s", "off or 1s to 2s");
    refused(OptionType.durationsOrOff("1s", "2s"), "999ms", "off or 1s to 2s");
  }

  @Test
  void theEndsOfARangeAreAllowed() {
    assertThat(read(OptionType.numbers(1, 5), "1")).isEqualTo(1);
    assertThat(read(OptionType.numbers(1, 5), "5")).isEqualTo(5);
    assertThat(read(OptionType.sizes(0, 2048), "2KB")).isEqualTo(2048);
    assertThat(read(OptionType.sizes(), "1")).isEqualTo(1);
    assertThat(read(OptionType.sizesOrOff(1, 2048), "2KB")).isEqualTo(2048);
    assertThat(read(OptionType.sizesOrOff(1, 2048), "OFF")).isEqualTo(Long.MAX_VALUE);
    assertThat(read(OptionType.numbers(List.of(1, 3)), "3")).isEqualTo(3);
    assertThat(read(OptionType.durations("1ms"), "1ms")).isEqualTo(Duration.ofMillis(1));
    assertThat(read(OptionType.durations("1ms", "24h"), "24h")).isEqualTo(Duration.ofDays(1));
    assertThat(read(OptionType.durationsOrOff("1s", "2s"), "0s")).isZero();
  }

  @Test
  void theLabelShowsWhatToWrite() {
    assertThat(NUMBERS.label()).isEqualTo("N");
    assertThat(SIZES.label()).isEqualTo("SIZE");
    assertThat(DURATIONS.label()).isEqualTo("DURATION");
    assertThat(OR_OFF.label()).isEqualTo("off|DURATION");
    assertThat(LISTS.label()).isEqualTo("METHOD[,METHOD]");
    assertThat(CHOICE.label()).isEqualTo("alpha|beta");
  }
}
