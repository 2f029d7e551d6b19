package io.sparkwire.spark.fuzz;

/** Bytes as text that can be read in a log, and copied from it. Stateless. */
final class Escaped {

  private static final int LONGEST = 2_000;

  private Escaped() {}

  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length && text.length() < LONGEST; i++) {
      int b = bytes[i] & 0xff;
      switch (b) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\\' -> text.append("\\\\");
        default -> text.append(b >= ' ' && b < 0x7f ? "" + (char) b : "\\x%02x".formatted(b));
      }
    }
    return text.append(" (").append(bytes.length).append(" bytes)").toString();
  }
}
