package io.sparkwire.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A content type and its parameters (RFC 9110, 8.3.1), in lower case. Immutable.
 *
 * @param text as {@code text/csv}
 * @param parameters by their names
 */
record MediaType(String text, Map<String, String> parameters) {

  /**
   * @param contentType the value of a {@code Content-Type}
   */
  static MediaType of(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].split("=", 2);
      if (!parts[i].isBlank()) {
        String value = parameter.length == 1 ? "" : parameter[1];
        parameters.put(parameter[0].strip(), value.replace("\"", "").strip());
      }
    }
    return new MediaType(textOf(contentType), Map.copyOf(parameters));
  }

  /** The same without parameters. */
  static String textOf(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  boolean is(String type) {
    return text.equals(type);
  }

  /** Whether it has no parameters but these. */
  boolean hasOnly(String... names) {
    return List.of(names).containsAll(parameters.keySet());
  }
}
