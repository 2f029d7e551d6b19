package io.sparkwire.tracing;

/**
 * Reads the header field {@code traceparent} as <a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a> has it,
 * without allocating anything. Stateless.
 */
final class Traceparent {

  /** The field's name. */
  static final String NAME = "traceparent";

  private static final int LENGTH = 55;
  private static final int TRACE = 3;
  private static final int LOW = 19;
  private static final int PARENT = 36;
  private static final int FLAGS = 53;
  private static final int HEX = 16;

  private Traceparent() {}

  /** Whether it names a trace and a span; null does not. */
  static boolean isValid(String text) {
    return text != null
        && text.length() >= LENGTH
        && hasKnownEnd(text)
        && hasDashes(text)
        && isId(text, TRACE, PARENT - 1)
        && isId(text, PARENT, FLAGS - 1)
        && isHex(text, FLAGS, LENGTH);
  }

  /** Versions to come may add fields, of which this one has none. */
  private static boolean hasKnownEnd(String text) {
    if (!isHex(text, 0, 2) || text.startsWith("ff")) {
      return false;
    }
    return text.length() == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-');
  }

  private static boolean hasDashes(String text) {
    return text.charAt(TRACE - 1) == '-'
        && text.charAt(PARENT - 1) == '-'
        && text.charAt(FLAGS - 1) == '-';
  }

  private static boolean isId(String text, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to && zero; i++) {
      zero = text.charAt(i) == '0';
    }
    return !zero && isHex(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Whether its caller has sampled the trace. Of a valid one. */
  static boolean isSampled(String text) {
    return (Character.digit(text.charAt(FLAGS + 1), HEX) & 1) == 1;
  }

  /** The lower half of the trace's id, by which samplers decide. Of a valid one. */
  static long low(String text) {
    return Long.parseUnsignedLong(text, LOW, PARENT - 1, HEX);
  }

  /** Whether its span is the one of that id. Of a valid one. */
  static boolean hasSpan(String text, String id, int from) {
    return text.regionMatches(PARENT, id, from, FLAGS - 1 - PARENT);
  }

  /** The same trace, which is not sampled from here on. */
  static String unsampled(String text) {
    return text.substring(0, FLAGS) + "00";
  }
}
