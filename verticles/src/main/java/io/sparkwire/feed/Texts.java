package io.sparkwire.feed;

import java.nio.charset.StandardCharsets;

/** Texts of any length, such as messages of failures. Stateless. */
final class Texts {

  static final int MOST_CHARACTERS = 1_000;

  private Texts() {}

  /** The beginning of a body, as text. */
  static String bounded(byte[] body) {
    int length = Math.min(body.length, MOST_CHARACTERS + 1);
    return bounded(new String(body, 0, length, StandardCharsets.UTF_8));
  }

  /** The beginning of one that is too long to keep. */
  static String bounded(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
