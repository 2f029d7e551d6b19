package io.sparkwire.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The latest lines of the log of a JVM. Thread-safe; what logs is not delayed. */
public final class LogTail {

  /** How many lines are kept. */
  static final int LINES = 400;

  private final Ring<JsonObject> lines = new Ring<>(LINES);

  /** A line was logged. */
  public void add(long time, String level, String logger, String text) {
    lines.add(
        new JsonObject()
            .put("time", time)
            .put("level", level)
            .put("logger", logger)
            .put("text", Texts.bounded(text)));
  }

  /**
   * What has been added since.
   *
   * @param cursors where the last reading ended; changed to where this one ends
   */
  JsonArray read(JsonObject cursors) {
    JsonArray read = new JsonArray();
    cursors.put("log", lines.read(cursors.getLong("log", 0L), read::add));
    return read;
  }
}
