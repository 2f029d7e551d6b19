package io.sparkwire.spark.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The two rules of UTF-8 (RFC 3629) that a JSON parser does not check by itself.
 *
 * <p>Overlong forms, encoded surrogates and halves of surrogate pairs would otherwise enter a
 * pipeline as other text than the sender meant.
 *
 * <p>Runs on: task thread. Stateless.
 */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Whether {@code bytes} are UTF-8 text; nearly free if they are ASCII. */
  static boolean isWellFormed(byte[] bytes) {
    return isAscii(bytes) || UTF8String.fromBytes(bytes).isValid();
  }

  /** The length of the byte-order mark with which some clients begin a text: 0 or 3 bytes. */
  static int lengthOfMark(byte[] bytes) {
    boolean isMark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return isMark ? 3 : 0;
  }

  private static boolean isAscii(byte[] bytes) {
    int at = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      if (((long) EIGHT_BYTES.get(bytes, at) & NOT_ASCII) != 0) {
        return false;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code text}, after its escapes are resolved, can be written as UTF-8 at all. */
  static boolean isEncodable(String text) {
    int codePoint;
    for (int at = 0; at < text.length(); at += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(at);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return false;
      }
    }
    return true;
  }
}
