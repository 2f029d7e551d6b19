package io.sparkwire.retention;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header field {@code Idempotency-Key}, as draft-ietf-httpapi-idempotency-key-header has
 * it: one string in quotes, with a backslash before a quote or a backslash in it. Stateless.
 *
 * <p>Many clients leave the quotes out, so a key without them is accepted where it is not
 * ambiguous.
 */
final class IdempotencyKey {

  static final String FIELD = "Idempotency-Key";
  static final int MOST_CHARACTERS = 255;

  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])+)\"");
  private static final Pattern BARE = Pattern.compile("[\\x21-\\x7e&&[^\"\\\\,;]]+");

  private IdempotencyKey() {}

  static boolean isGiven(MultiMap headers) {
    return headers.contains(FIELD);
  }

  /** The key; null if it is not what is allowed. */
  static String of(MultiMap headers) {
    List<String> fields = headers.getAll(FIELD);
    String field = fields.get(0).trim();
    if (fields.size() > 1 || field.length() > MOST_CHARACTERS) {
      return null;
    }
    Matcher quoted = QUOTED.matcher(field);
    if (quoted.matches()) {
      return quoted.group(1).replaceAll("\\\\(.)", "$1");
    }
    return BARE.matcher(field).matches() ? field : null;
  }
}
