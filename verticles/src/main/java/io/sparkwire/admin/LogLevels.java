package io.sparkwire.admin;

import java.util.Map;

/**
 * The levels of the program's loggers, whatever library it logs with. A logger without a level of
 * its own has that of the nearest one above it. Thread-safe.
 */
public interface LogLevels {

  /** Loggers by their names that have a level of their own; {@code root} is above all. */
  Map<String, String> levels();

  /**
   * Gives a logger another level.
   *
   * @param level {@code OFF}, {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} or {@code
   *     TRACE}
   * @throws IllegalArgumentException if as many loggers as may be have been changed already
   */
  void set(String logger, String level);

  /**
   * Gives a logger back what it had before the first {@link #set}.
   *
   * @return false if it was not changed
   */
  boolean restore(String logger);
}
