package io.sparkwire.options;

import static io.sparkwire.options.OptionText.AT_MOST_LONGEST;
import static io.sparkwire.options.OptionText.OFF;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the values of an option are: how users write them, and which are allowed. Immutable.
 *
 * @param <T> what a value becomes
 */
public final class OptionType<T> {

  private final String label;
  private final BiFunction<String, String, T> reader;
  private final Predicate<T> range;
  private final String allowed;

  private OptionType(
      String label, BiFunction<String, String, T> reader, Predicate<T> range, String allowed) {
    this.label = label;
    this.reader = reader;
    this.range = range;
    this.allowed = allowed;
  }

  /** Whole numbers within two bounds. */
  public static OptionType<Integer> numbers(int least, int most) {
    return new OptionType<>(
        "N", OptionText::wholeNumber, n -> n >= least && n <= most, least + " to " + most);
  }

  /** Whole numbers within two bounds, or {@code off}, which is zero. */
  public static OptionType<Integer> numbersOrOff(int least, int most) {
    return new OptionType<>(
        OFF + "|N",
        (option, text) ->
            text.strip().equalsIgnoreCase(OFF) ? 0 : OptionText.wholeNumber(option, text),
        n -> n == 0 || (n >= least && n <= most),
        OFF + " or " + least + " to " + most);
  }

  /** One of a few numbers. */
  public static OptionType<Integer> numbers(List<Integer> values) {
    List<String> texts = values.stream().map(String::valueOf).toList();
    return new OptionType<>(
        String.join("|", texts),
        OptionText::wholeNumber,
        values::contains,
        String.join(" or ", texts));
  }

  /** Numbers of bytes. */
  public static OptionType<Long> sizes(long least, long most) {
    return new OptionType<>(
        "SIZE", OptionText::bytes, n -> n >= least && n <= most, least + " to " + most + " bytes");
  }

  /** Numbers of bytes, 1 or more. */
  public static OptionType<Long> sizes() {
    return new OptionType<>("SIZE", OptionText::bytes, n -> n >= 1, "at least 1 byte");
  }

  /** Numbers of bytes, or {@code off}, which is the largest number. */
  public static OptionType<Long> sizesOrOff(long least, long most) {
    return new OptionType<>(
        OFF + "|SIZE",
        OptionText::bytesOrOff,
        n -> (n >= least && n <= most) || n == Long.MAX_VALUE,
        OFF + " or " + least + " to " + most + " bytes");
  }

  /** Shares of a whole. */
  public static OptionType<Double> shares() {
    return new OptionType<>("SHARE", OptionText::number, n -> n >= 0 && n <= 1, "0 to 1");
  }

  /** Durations from zero to a year. */
  public static OptionType<Duration> durations() {
    return new OptionType<>("DURATION", OptionText::duration, d -> true, AT_MOST_LONGEST);
  }

  /**
   * Durations of some length or more.
   *
   * @param least as users write it
   */
  public static OptionType<Duration> durations(String least) {
    Duration first = duration(least);
    return new OptionType<>(
        "DURATION", OptionText::duration, d -> d.compareTo(first) >= 0, "at least " + least);
  }

  /**
   * Durations within two bounds.
   *
   * @param least as users write it
   * @param most as users write it
   */
  public static OptionType<Duration> durations(String least, String most) {
    return new OptionType<>(
        "DURATION", OptionText::duration, within(least, most), least + " to " + most);
  }

  /** Durations, or {@code off}, which is zero. */
  public static OptionType<Duration> durationsOrOff(String least, String most) {
    return new OptionType<>(
        OFF + "|DURATION",
        OptionText::durationOrOff,
        within(least, most).or(Duration::isZero),
        OFF + " or " + least + " to " + most);
  }

  private static Predicate<Duration> within(String least, String most) {
    Duration first = duration(least);
    Duration last = duration(most);
    return d -> d.compareTo(first) >= 0 && d.compareTo(last) <= 0;
  }

  private static Duration duration(String text) {
    return OptionText.duration("a bound", text);
  }

  /** {@code off} for false and {@code on} for true, without regard to case. */
  public static OptionType<Boolean> onOrOff() {
    OptionType<Switch> words = choice(List.of(Switch.values()));
    return new OptionType<>(
        words.label,
        (option, text) -> words.read(option, text) == Switch.ON,
        on -> true,
        words.allowed);
  }

  private enum Switch {
    OFF,
    ON
  }

  /** Constants by their names, without regard to case. */
  public static <E extends Enum<E>> OptionType<E> choice(List<E> constants) {
    List<String> names =
        constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
    String allowed = String.join(" or ", names);
    return new OptionType<>(
        String.join("|", names),
        (option, text) -> {
          int index = names.indexOf(text.strip().toLowerCase(Locale.ROOT));
          Options.require(index >= 0, option, allowed, text);
          return constants.get(index);
        },
        constant -> true,
        allowed);
  }

  /** One or more constants by their names, without regard to case, with commas between. */
  public static <E extends Enum<E>> OptionType<Set<E>> choices(List<E> constants) {
    OptionType<E> each = choice(constants);
    String names = each.label.replace("|", ", ");
    return new OptionType<>(
        each.label + "[,…]",
        (option, text) ->
            OptionText.list(option, text).stream()
                .map(item -> each.read(option, item))
                .collect(Collectors.toUnmodifiableSet()),
        items -> !items.isEmpty(),
        "one or more of " + names + ", with commas between");
  }

  /**
   * Texts without the blanks around them.
   *
   * @param label of a value in the help of a command
   */
  public static OptionType<String> texts(String label, Predicate<String> range, String allowed) {
    return new OptionType<>(label, (option, text) -> text.strip(), range, allowed);
  }

  /**
   * Values with commas between.
   *
   * @param item label of a single value in the help of a command
   * @param allowed what a single value must be
   */
  public static OptionType<List<String>> lists(String item, String allowed) {
    return new OptionType<>(item + "[," + item + "]", OptionText::list, items -> true, allowed);
  }

  /** The placeholder of a value in the help of a command, as in {@code DURATION}. */
  public String label() {
    return label;
  }

  /** What a value must be, as in {@code 1 to 256}. */
  public String allowed() {
    return allowed;
  }

  T read(String option, String text) {
    return reader.apply(option, text);
  }

  /** Whether it is in the range. */
  public boolean allows(T value) {
    return range.test(value);
  }
}
