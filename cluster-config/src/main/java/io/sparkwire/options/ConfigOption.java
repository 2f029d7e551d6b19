package io.sparkwire.options;

/**
 * One option: its name, its values, its default, and its line in the help of a command.
 *
 * <p>Everything else about the option follows from these: the key in a map of options, the check of
 * a value, the argument of a command, the environment variable, the key in a configuration file,
 * and what docs/options.md has to say about it. Immutable.
 *
 * @param <T> what a value becomes
 */
public final class ConfigOption<T> {

  private final String name;
  private final OptionType<T> type;
  private final String defaultText;
  private final T defaultValue;
  private final String help;

  private ConfigOption(
      String name, OptionType<T> type, String defaultText, T defaultValue, String help) {
    this.name = name;
    this.type = type;
    this.defaultText = defaultText;
    this.defaultValue = defaultValue;
    this.help = help;
  }

  /**
   * An option with a fixed default.
   *
   * @param defaultText as users would write it
   * @param help what it means, without its default and without a full stop
   */
  public static <T> ConfigOption<T> of(
      String name, OptionType<T> type, String defaultText, String help) {
    return new ConfigOption<>(name, type, defaultText, type.read(name, defaultText), help);
  }

  /**
   * An option whose default its reader computes, or that has none.
   *
   * @param defaultText the default in words
   * @param help what it means, without its default and without a full stop
   */
  public static <T> ConfigOption<T> computed(
      String name, OptionType<T> type, String defaultText, String help) {
    return new ConfigOption<>(name, type, defaultText, null, help);
  }

  /** The same option with another name in messages. */
  public ConfigOption<T> named(String other) {
    return new ConfigOption<>(other, type, defaultText, defaultValue, help);
  }

  /** The same option with another range, such as a narrower one of this machine. */
  public ConfigOption<T> within(OptionType<T> range) {
    return new ConfigOption<>(name, range, defaultText, defaultValue, help);
  }

  /** The value that is set, or the default. */
  public T from(Options options) {
    return options.text(this).map(this::read).orElseGet(this::defaultValue);
  }

  /** The value that is set, or the default that was computed. */
  public T from(Options options, T computed) {
    return options.text(this).map(this::read).orElse(computed);
  }

  /**
   * The value that a text means.
   *
   * @throws IllegalArgumentException if it cannot be read, or is out of its range
   */
  public T read(String text) {
    T value = type.read(name, text);
    require(type.allows(value), text);
    return value;
  }

  /**
   * Checks a value that is already read.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public void check(T value) {
    require(type.allows(value), value);
  }

  /**
   * Checks a condition on a value, or on a part of it, that the type cannot check.
   *
   * @throws IllegalArgumentException if it does not hold; names what is allowed and the value
   */
  public void require(boolean holds, Object value) {
    Options.require(holds, name, type.allowed(), value);
  }

  public String name() {
    return name;
  }

  public OptionType<T> type() {
    return type;
  }

  /** As users would write it, or in words if it is computed. */
  public String defaultText() {
    return defaultText;
  }

  /** The fixed default. */
  public T defaultValue() {
    if (defaultValue == null) {
      throw new IllegalStateException("the default of option '" + name + "' is computed");
    }
    return defaultValue;
  }

  /** What it means, without its default and without a full stop. */
  public String help() {
    return help;
  }

  @Override
  public String toString() {
    return name;
  }
}
