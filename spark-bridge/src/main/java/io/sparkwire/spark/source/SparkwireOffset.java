package io.sparkwire.spark.source;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * The number of epochs that have ended. Immutable.
 *
 * <p>Its JSON form is in checkpoints: {@code {"version":1,"epoch":7}}.
 */
final class SparkwireOffset extends Offset {

  static final SparkwireOffset INITIAL = new SparkwireOffset(0);

  private static final int VERSION = 1;

  private final long epoch;

  SparkwireOffset(long epoch) {
    this.epoch = epoch;
  }

  /**
   * @throws IllegalArgumentException if this version of Sparkwire cannot read it
   */
  static SparkwireOffset parse(String json) {
    try {
      JsonObject object = new JsonObject(json);
      if (Integer.valueOf(VERSION).equals(object.getValue("version"))
          && object.getLong("epoch") >= 0) {
        return new SparkwireOffset(object.getLong("epoch"));
      }
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw unreadable(json);
    }
    throw unreadable(json);
  }

  private static IllegalArgumentException unreadable(String json) {
    return new IllegalArgumentException(
        "the offset "
            + json
            + " is not one of a service, which in this version of Sparkwire is like "
            + new SparkwireOffset(7).json());
  }

  /**
   * An offset that Spark gives back, which is of the type that it got.
   *
   * @throws IllegalArgumentException if it is of another type
   */
  static <T> T checked(Object offset, Class<T> type) {
    if (!type.isInstance(offset)) {
      throw new IllegalArgumentException(
          "the offset must be of type %s, got %s"
              .formatted(type.getName(), offset == null ? "null" : offset.getClass().getName()));
    }
    return type.cast(offset);
  }

  long epoch() {
    return epoch;
  }

  SparkwireOffset next() {
    return new SparkwireOffset(epoch + 1);
  }

  @Override
  public String json() {
    return "{\"version\":" + VERSION + ",\"epoch\":" + epoch + "}";
  }
}
