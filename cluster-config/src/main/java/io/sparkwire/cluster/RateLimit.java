package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;

/**
 * How many requests one client may send to a node. Immutable.
 *
 * @param perSecond in the long run, 1 to 1,000,000; 0 for as many as it likes
 * @param burst at once, after a pause
 */
public record RateLimit(int perSecond, int burst) {

  private static final int MOST = 1_000_000;

  public static final ConfigOption<Integer> PER_SECOND =
      ConfigOption.of(
          "rate-limit",
          OptionType.numbersOrOff(1, MOST),
          "off",
          "Requests per second that one client may send; more get a 429");

  public static final ConfigOption<Integer> BURST =
      ConfigOption.computed(
          "rate-burst",
          OptionType.numbers(1, MOST),
          "--rate-limit",
          "Requests that one client may send at once after a pause");

  static RateLimit of(Options options) {
    int perSecond = PER_SECOND.from(options);
    return new RateLimit(perSecond, BURST.from(options, Math.max(1, perSecond)));
  }

  public boolean isOn() {
    return perSecond > 0;
  }
}
