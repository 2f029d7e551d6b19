package io.sparkwire.feed;

/** Texts of any length, such as messages of failures. Stateless. */
final class Texts {

  static final int MOST_CHARACTERS = 1_000;

  private Texts() {}

  /** The beginning of one that is too long to keep. */
  static String bounded(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
