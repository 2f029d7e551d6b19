package io.sparkwire.python;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the Python functions of a service are computed. Immutable.
 *
 * @param workers processes on each node, from 1; 0 for one for every core
 * @param batchRows how many rows a function gets at once at most, from 1
 * @param memory how many bytes a worker may allocate; 0 for no limit
 * @param timeout how long a worker may take for a batch
 */
public record PythonOptions(int workers, int batchRows, long memory, Duration timeout)
    implements Serializable {

  public static final ConfigOption<Integer> WORKERS =
      ConfigOption.computed(
          "python-workers",
          OptionType.numbers(1, 1_024),
          "one for every core",
          "Python workers that a node keeps for each set of Python functions");

  public static final ConfigOption<Integer> BATCH_ROWS =
      ConfigOption.of(
          "python-batch-rows",
          OptionType.numbers(1, 1_000_000),
          "1000",
          "Rows that a Python function gets at once at most");

  public static final ConfigOption<Long> MEMORY =
      ConfigOption.computed(
          "python-memory",
          OptionType.sizes(),
          "no limit",
          "Memory that a Python worker may allocate");

  public static final ConfigOption<Duration> TIMEOUT =
      ConfigOption.computed(
          "python-timeout",
          OptionType.durations("1ms"),
          "a third of timeout",
          "Time for a batch, after which its Python worker is killed");

  private static final int SHARE_OF_TIMEOUT = 3;

  public PythonOptions {
    BATCH_ROWS.check(batchRows);
    TIMEOUT.check(timeout);
  }

  /**
   * Those that are set, and defaults.
   *
   * @param deadline of a request
   */
  public static PythonOptions of(Options options, Duration deadline) {
    return new PythonOptions(
        WORKERS.from(options, 0),
        BATCH_ROWS.from(options),
        MEMORY.from(options, 0L),
        TIMEOUT.from(options, shareOf(deadline)));
  }

  /** So that a request whose batch has timed out can be computed again. */
  private static Duration shareOf(Duration deadline) {
    Duration share = deadline.dividedBy(SHARE_OF_TIMEOUT);
    return share.toMillis() == 0 ? Duration.ofMillis(1) : share;
  }

  /** How many processes to keep on this node. */
  public int workersHere() {
    return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
  }
}
