package io.sparkwire.load.client;

import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A reader of HTTP/1.1 responses that arrive in pieces: status, content length and body, no more.
 *
 * <p>The bytes stay where the socket put them; nothing is allocated per response. What follows a
 * response on the same connection is kept as the beginning of the next one. It reads only what the
 * contestants send: a response without {@code Content-Length} is an error, but for a 204. Not
 * thread-safe.
 */
final class ResponseParser {
  /** How many bytes a response may have, head and body, beyond the body that is expected. */
  static final int CAPACITY = 16 * 1024;

  private static final byte[] PROTOCOL = ascii("HTTP/1.1 ");
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final int STATUS_DIGITS = 3;

  private final byte[] bytes;
  private final ByteBuffer space;
  private int filled;
  private int scanned;
  private int status;
  private int bodyStart;
  private int bodyEnd;

  /**
   * @param expectedBody how many bytes the body of a right response has
   */
  ResponseParser(int expectedBody) {
    bytes = new byte[CAPACITY + expectedBody];
    space = ByteBuffer.wrap(bytes);
  }

  /** Where the next bytes of the connection go. Report them with {@link #received}. */
  ByteBuffer space() {
    return space.clear().position(filled);
  }

  /**
   * Takes note of bytes that were put into {@link #space()}.
   *
   * @return whether the response is complete
   * @throws ProtocolException if this is no response that this class reads
   */
  boolean received(int count) throws ProtocolException {
    filled += count;
    if (bodyStart == 0) {
      readHead();
    }
    if (!isComplete() && filled == bytes.length) {
      throw new ProtocolException("response larger than " + bytes.length + " bytes");
    }
    return isComplete();
  }

  boolean isComplete() {
    return bodyStart > 0 && filled >= bodyEnd;
  }

  /**
   * Turns from a complete response to the one after it, of which bytes may have arrived already.
   */
  void next() throws ProtocolException {
    int surplus = filled - bodyEnd;
    System.arraycopy(bytes, bodyEnd, bytes, 0, surplus);
    reset();
    received(surplus);
  }

  /** Forgets everything, for a new connection. */
  void reset() {
    filled = 0;
    scanned = 0;
    status = 0;
    bodyStart = 0;
    bodyEnd = 0;
  }

  int status() {
    return status;
  }

  /** The buffer that holds the body, from {@link #bodyStart()} to {@link #bodyEnd()}. */
  byte[] bytes() {
    return bytes;
  }

  int bodyStart() {
    return bodyStart;
  }

  int bodyEnd() {
    return bodyEnd;
  }

  /** A copy of the body of a complete response as text, for a message. */
  String body() {
    return new String(bytes, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
  }

  private void readHead() throws ProtocolException {
    int end = headEnd();
    if (end < 0) {
      return;
    }
    status = statusIn(end);
    bodyEnd = end + contentLengthIn(end);
    bodyStart = end;
  }

  /** The index after the empty line, or -1 while it has not come. */
  private int headEnd() {
    for (int i = scanned; i + 3 < filled; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    scanned = Math.max(0, filled - 3);
    return -1;
  }

  private int statusIn(int headEnd) throws ProtocolException {
    int end = PROTOCOL.length + STATUS_DIGITS;
    if (end > headEnd || !startsWith(PROTOCOL, 0)) {
      throw unreadable("not an HTTP/1.1 response", headEnd);
    }
    return number(PROTOCOL.length, end, headEnd);
  }

  private int contentLengthIn(int headEnd) throws ProtocolException {
    if (status == HttpURLConnection.HTTP_NO_CONTENT) {
      return 0;
    }
    for (int i = PROTOCOL.length; i + CONTENT_LENGTH.length < headEnd; i++) {
      if (bytes[i - 1] == '\n' && startsWith(CONTENT_LENGTH, i)) {
        return lengthAt(i + CONTENT_LENGTH.length, headEnd);
      }
    }
    throw unreadable("response without content-length", headEnd);
  }

  private int lengthAt(int from, int headEnd) throws ProtocolException {
    int first = from;
    while (bytes[first] == ' ') {
      first++;
    }
    int end = first;
    while (bytes[end] != '\r') {
      end++;
    }
    return number(first, end, headEnd);
  }

  private int number(int from, int to, int headEnd) throws ProtocolException {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || value > bytes.length) {
        throw unreadable("not a number, or too large a number", headEnd);
      }
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  /** Compares letters without regard to case; {@code expected} is in lower case. */
  private boolean startsWith(byte[] expected, int from) {
    for (int i = 0; i < expected.length; i++) {
      if (lowerCase(bytes[from + i]) != lowerCase(expected[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lowerCase(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
  }

  private ProtocolException unreadable(String reason, int headEnd) {
    return new ProtocolException(
        reason + " in: " + new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1).strip());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
