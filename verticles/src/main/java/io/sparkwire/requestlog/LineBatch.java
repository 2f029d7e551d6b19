package io.sparkwire.requestlog;

/**
 * Lines of an access log that are written together.
 *
 * @param bytes begins with the lines and their ends
 * @param length of these
 * @param entries how many lines there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record LineBatch(byte[] bytes, int length, int entries) implements LogEntry {

  @Override
  public int weight() {
    return bytes.length;
  }
}
