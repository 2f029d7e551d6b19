package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sparkwire.message.RequestId;

/** Writes single values as JSON has them. Not thread-safe. */
final class JsonValues {

  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final int BITS_OF_CHARACTER = 16;
  private static final int BITS_OF_DIGIT = 4;
  private static final int FIRST_VISIBLE = ' ';
  private static final int LAST_VISIBLE = '~';
  private static final int MOST_ESCAPED = 6;
  private static final int MOST_DIGITS = 19;
  private static final int RADIX = 10;

  /** Characters of a text for which room is made at once. */
  private static final int PIECE = 256;

  private final Bytes out;

  JsonValues(Bytes out) {
    this.out = out;
  }

  void empty() {
    out.add(NULL, 0, NULL.length);
  }

  /** Writes a text, of which it escapes all but visible ASCII. */
  void text(String text) {
    out.add('"');
    int length = text.length();
    for (int from = 0; from < length; from += PIECE) {
      piece(text, from, Math.min(length, from + PIECE));
    }
    out.add('"');
  }

  /** Writes the text form of an id. */
  void id(RequestId id) {
    out.add('"');
    piece(id.node().text(), 0, id.node().text().length());
    out.add('-');
    hex(id.sequence());
    out.add('"');
  }

  private void hex(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    int digits = (bits + BITS_OF_DIGIT - 1) / BITS_OF_DIGIT;
    byte[] array = out.withRoom(digits);
    int end = out.size() + digits;
    long rest = value;
    for (int i = end - 1; i >= out.size(); i--) {
      array[i] = HEX[(int) rest & (HEX.length - 1)];
      rest >>>= BITS_OF_DIGIT;
    }
    out.endAt(end);
  }

  private void piece(String text, int from, int to) {
    byte[] array = out.withRoom((to - from) * MOST_ESCAPED);
    int at = out.size();
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        array[at++] = (byte) c;
      } else {
        at = escape(c, array, at);
      }
    }
    out.endAt(at);
  }

  /** Writes a text that is UTF-8, of which it escapes what is ASCII and not visible. */
  void text(byte[] text) {
    out.add('"');
    int copied = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] >= 0 && !isPlain(text[i])) {
        out.add(text, copied, i - copied);
        byte[] array = out.withRoom(MOST_ESCAPED);
        out.endAt(escape((char) text[i], array, out.size()));
        copied = i + 1;
      }
    }
    out.add(text, copied, text.length - copied);
    out.add('"');
  }

  private static boolean isPlain(int c) {
    return c >= FIRST_VISIBLE && c <= LAST_VISIBLE && c != '"' && c != '\\';
  }

  /** Writes an escape there; returns where it ends. */
  private static int escape(char c, byte[] array, int from) {
    int at = from;
    array[at++] = '\\';
    if (c == '"' || c == '\\') {
      array[at++] = (byte) c;
      return at;
    }
    array[at++] = 'u';
    for (int bits = BITS_OF_CHARACTER; bits > 0; bits -= BITS_OF_DIGIT) {
      array[at++] = HEX[c >> (bits - BITS_OF_DIGIT) & (HEX.length - 1)];
    }
    return at;
  }

  /**
   * Writes a number.
   *
   * @param value 0 or more
   */
  void number(long value) {
    byte[] array = out.withRoom(MOST_DIGITS);
    int from = out.size();
    int end = from + digits(value);
    long rest = value;
    for (int i = end - 1; i >= from; i--) {
      array[i] = (byte) ('0' + rest % RADIX);
      rest /= RADIX;
    }
    out.endAt(end);
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= RADIX; rest /= RADIX) {
      digits++;
    }
    return digits;
  }
}
