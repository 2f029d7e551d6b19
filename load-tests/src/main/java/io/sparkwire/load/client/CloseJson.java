package io.sparkwire.load.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Arrays;

/**
 * A text in JSON, to be compared with others: the same but for numbers, which may be off by a
 * tolerance.
 *
 * <p>A server writes the same numbers in the same bytes again and again. So the last texts that
 * were found to be close are kept, and a text that has the bytes of one of them is not parsed: the
 * client must stay cheaper than the server. Not thread-safe.
 */
final class CloseJson {
  private static final int KEPT = 4;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private final byte[] right;
  private final double tolerance;
  private final byte[][] close = new byte[KEPT][];
  private int next;

  /**
   * @param right the text that others are compared with
   */
  CloseJson(byte[] right, double tolerance) {
    this.right = right;
    this.tolerance = tolerance;
  }

  /** Compares it with the text from {@code start} to {@code end}. */
  boolean isCloseTo(byte[] bytes, int start, int end) {
    for (byte[] known : close) {
      if (known != null && Arrays.equals(known, 0, known.length, bytes, start, end)) {
        return true;
      }
    }
    boolean found = parsesClose(bytes, start, end);
    if (found) {
      close[next] = Arrays.copyOfRange(bytes, start, end);
      next = (next + 1) % KEPT;
    }
    return found;
  }

  private boolean parsesClose(byte[] bytes, int start, int end) {
    try (JsonParser own = JSON.createParser(right);
        JsonParser other = JSON.createParser(bytes, start, end - start)) {
      JsonToken token;
      do {
        token = own.nextToken();
        if (!isClose(token, own, other.nextToken(), other)) {
          return false;
        }
      } while (token != null);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isClose(JsonToken token, JsonParser own, JsonToken otherToken, JsonParser other)
      throws IOException {
    if (token == null || otherToken == null) {
      return token == otherToken;
    }
    if (token.isNumeric() && otherToken.isNumeric()) {
      return Math.abs(own.getDoubleValue() - other.getDoubleValue()) <= tolerance;
    }
    return token == otherToken && own.getText().equals(other.getText());
  }
}
