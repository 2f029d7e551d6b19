package io.sparkwire.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Levels of loggers of no logging library. Thread-safe. */
public final class TestLevels implements LogLevels {

  private final Map<String, String> changed = new ConcurrentHashMap<>();

  @Override
  public Map<String, String> levels() {
    Map<String, String> levels = new TreeMap<>(Map.of("root", "WARN"));
    levels.putAll(changed);
    return levels;
  }

  @Override
  public void set(String logger, String level) {
    if (logger.equals("full")) {
      throw new IllegalArgumentException("no more");
    }
    changed.put(logger, level);
  }

  @Override
  public boolean restore(String logger) {
    return changed.remove(logger) != null;
  }
}
