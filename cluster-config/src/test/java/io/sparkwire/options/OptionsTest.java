package io.sparkwire.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  private static final ConfigOption<String> MAX_BODY = option("max-body");
  private static final ConfigOption<String> HOST = option("host");
  private static final List<ConfigOption<?>> KNOWN =
      Stream.of("service", "host", "port", "path", "timeout", "partitions", "max-body")
          .<ConfigOption<?>>map(OptionsTest::option)
          .toList();

  private static ConfigOption<String> option(String name) {
    return ConfigOption.of(name, OptionType.texts("TEXT", t -> true, "a text"), "none", "Some");
  }

  @Test
  void whatIsSetIsThereAsItWasWritten() {
    Options options = new Options(Map.of("max-body", " 1 MB"), KNOWN);

    assertThat(options.has(MAX_BODY)).isTrue();
    assertThat(options.text(MAX_BODY)).contains(" 1 MB");
    assertThat(options.has(HOST)).isFalse();
    assertThat(options.text(HOST)).isEmpty();
  }

  @Test
  void namesCompareWithoutCase() {
    assertThat(new Options(Map.of("Max-BODY", "1"), KNOWN).text(MAX_BODY)).contains("1");
  }

  @Test
  void laterChangesOfTheMapDoNotCount() {
    Map<String, String> values = new HashMap<>(Map.of("max-body", "1"));
    Options options = new Options(values, KNOWN);
    values.put("max-body", "2");

    assertThat(options.text(MAX_BODY)).contains("1");
  }

  @Test
  void someOfThemCanBeHandedOn() {
    Options options = new Options(Map.of("max-body", "1", "port", "2"), KNOWN);

    assertThat(options.only(List.of(MAX_BODY, HOST))).isEqualTo(Map.of("max-body", "1"));
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
  void anUnknownNameNamesTheNearestKnownOne(String name, String nearest) {
    assertThatThrownBy(() -> new Options(Map.of(name, "1"), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown option '"
                + name.toLowerCase(Locale.ROOT)
                + "'; the nearest known one is '"
                + nearest
                + "'");
  }

  @Test
  void whereNothingIsKnownEveryNameIsUnknown() {
    assertThatThrownBy(() -> new Options(Map.of("a", "1"), List.of()))
        .hasMessage("unknown option 'a'; the nearest known one is 'none'");
  }
}
