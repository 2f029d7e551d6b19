package io.sparkwire.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Values that are missing in JSON of pandas and of MLflow's clients, which write them as {@code
 * NaN} in columns of any type. Stateless.
 */
final class MissingValues {

  private static final byte[] MISSING = "NaN".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private MissingValues() {}

  /** The same JSON with {@code null} for each {@code NaN} that is not in a string. */
  static byte[] asNull(byte[] json) {
    int first = next(json, 0);
    if (first == json.length) {
      return json;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + json.length / 8);
    int from = 0;
    for (int at = first; at < json.length; at = next(json, from)) {
      out.write(json, from, at - from);
      out.writeBytes(NULL);
      from = at + MISSING.length;
    }
    out.write(json, from, json.length - from);
    return out.toByteArray();
  }

  /** Where the next one begins, at or after that place, which is in no string; the end if none. */
  private static int next(byte[] json, int from) {
    boolean inString = false;
    for (int at = from; at < json.length; at++) {
      if (inString && json[at] == '\\') {
        at++;
      } else if (json[at] == '"') {
        inString = !inString;
      } else if (!inString && isMissing(json, at)) {
        return at;
      }
    }
    return json.length;
  }

  private static boolean isMissing(byte[] json, int at) {
    return json[at] == MISSING[0]
        && at + MISSING.length <= json.length
        && json[at + 1] == MISSING[1]
        && json[at + 2] == MISSING[2];
  }
}
