package io.sparkwire.requestlog;

/**
 * Lines of an access log that are written together.
 *
 * @param bytes of the lines, with their ends
 * @param entries how many lines there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record LineBatch(byte[] bytes, int entries) implements LogEntry {

  @Override
  public int weight() {
    return bytes.length;
  }
}
