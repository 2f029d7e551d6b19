package io.sparkwire.app;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A sample of a body for people to read and paste, in which no array of one value is long: inputs
 * of networks have thousands of elements.
 *
 * <p>Immutable.
 *
 * @param json the whole body, an object
 */
record SampleBody(String json) {

  /** Longer arrays are not written out. */
  private static final int MOST_ELEMENTS = 16;

  /** The body with a note in place of the elements of long arrays; then it is no JSON. */
  String shown() {
    return with(
        text -> text,
        array -> "[%s, ... %d in all]".formatted(Json.encode(array.getValue(0)), array.size()));
  }

  /**
   * The body as an argument in a shell, where a command writes the elements of long arrays. An
   * argument has 128 KiB at most on Linux.
   */
  String argument() {
    return "'"
        + with(
            SampleBody::escaped,
            array ->
                "['\"$(yes '%s' | head -n %d | paste -sd, -)\"']"
                    .formatted(escaped(Json.encode(array.getValue(0))), array.size()))
        + "'";
  }

  /** A text as an argument in a shell. */
  static String quoted(String text) {
    return "'" + escaped(text) + "'";
  }

  private static String escaped(String text) {
    return text.replace("'", "'\\''");
  }

  private String with(Function<String, String> text, Function<JsonArray, String> longArray) {
    JsonObject body = new JsonObject(json);
    if (body.stream().noneMatch(member -> isLong(member.getValue()))) {
      return text.apply(json);
    }
    return body.stream()
        .map(
            member ->
                text.apply(Json.encode(member.getKey()) + ":") + value(member, text, longArray))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(
      Map.Entry<String, Object> member,
      Function<String, String> text,
      Function<JsonArray, String> longArray) {
    return isLong(member.getValue())
        ? longArray.apply((JsonArray) member.getValue())
        : text.apply(Json.encode(member.getValue()));
  }

  private static boolean isLong(Object value) {
    return value instanceof JsonArray array
        && array.size() > MOST_ELEMENTS
        && array.stream().distinct().count() == 1;
  }
}
