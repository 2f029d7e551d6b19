package io.sparkwire.logging;

import io.sparkwire.admin.LogLevels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** The levels of Log4j's loggers. Thread-safe. */
public final class Log4jLevels implements LogLevels {

  private static final String ROOT = "root";
  private static final int MOST = 100;

  /** What loggers had before they were changed; empty for one without a level of its own. */
  private final Map<String, Optional<Level>> before = new HashMap<>();

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  /** As Log4j calls it. */
  private static String name(String logger) {
    return logger.equals(ROOT) ? LogManager.ROOT_LOGGER_NAME : logger;
  }

  @Override
  public Map<String, String> levels() {
    Map<String, String> levels = new TreeMap<>();
    Configuration configuration = context().getConfiguration();
    configuration
        .getLoggers()
        .forEach(
            (name, logger) -> levels.put(name.isEmpty() ? ROOT : name, logger.getLevel().name()));
    return levels;
  }

  @Override
  public synchronized void set(String logger, String level) {
    if (!before.containsKey(logger) && before.size() >= MOST) {
      throw new IllegalArgumentException(
          MOST + " loggers have been changed already; restore one of them first");
    }
    before.computeIfAbsent(
        logger, name -> Optional.ofNullable(own(name)).map(LoggerConfig::getLevel));
    Configurator.setLevel(name(logger), Level.valueOf(level));
  }

  /** What is configured for exactly that logger; null if nothing is. */
  private static LoggerConfig own(String logger) {
    return context().getConfiguration().getLoggers().get(name(logger));
  }

  @Override
  public synchronized boolean restore(String logger) {
    Optional<Level> level = before.remove(logger);
    if (level == null) {
      return false;
    }
    if (level.isPresent()) {
      Configurator.setLevel(name(logger), level.get());
    } else {
      context().getConfiguration().removeLogger(name(logger));
      context().updateLoggers();
    }
    return true;
  }
}
