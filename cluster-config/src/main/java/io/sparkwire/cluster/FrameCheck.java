package io.sparkwire.cluster;

import io.netty.buffer.ByteBuf;

/**
 * A check of one message of the event bus: no length in it may exceed it. Its parts are those of
 * Vert.x's wire protocol: version, codec, kind, address, reply address, sender, headers, body. Not
 * thread-safe.
 */
final class FrameCheck {

  private static final byte WIRE_VERSION = 2;
  private static final byte USER_CODEC = -1;

  /** Those of String, Buffer, JSON object, JSON array and bytes, whose bodies are a text. */
  private static final int FIRST_TEXT_CODEC = 2;

  private static final int LAST_TEXT_CODEC = 6;

  /** The last codec that Sparkwire has a use for; beyond it is what Java has serialised. */
  private static final int REPLY_EXCEPTION_CODEC = 15;

  private final ByteBuf message;
  private final int end;
  private int at;

  FrameCheck(ByteBuf message, int start, int end) {
    this.message = message;
    this.at = start;
    this.end = end;
  }

  boolean isWellFormed() {
    if (end - at < 2 || message.getByte(at) > WIRE_VERSION) {
      return false;
    }
    byte codec = message.getByte(at + 1);
    at += 2;
    boolean known = codec == USER_CODEC ? skipText() : codec >= 0 && codec <= REPLY_EXCEPTION_CODEC;
    return known
        && skip(1)
        && skipText() // address
        && skipText() // reply address
        && skipText() // sender
        && skipHeaders()
        && isBody(codec);
  }

  private boolean skip(int bytes) {
    boolean within = bytes >= 0 && bytes <= end - at;
    at += within ? bytes : 0;
    return within;
  }

  /** A length, and as many bytes. */
  private boolean skipText() {
    return end - at >= Integer.BYTES && skip(Integer.BYTES) && skip(message.getInt(at - 4));
  }

  /** A length that counts itself, and as many bytes; no node sends any. */
  private boolean skipHeaders() {
    return end - at >= Integer.BYTES && message.getInt(at) == Integer.BYTES && skip(Integer.BYTES);
  }

  private boolean isBody(byte codec) {
    if (codec >= FIRST_TEXT_CODEC && codec <= LAST_TEXT_CODEC) {
      return skipText();
    }
    if (codec != REPLY_EXCEPTION_CODEC) {
      return true; // of fixed length, or read by a codec that checks it
    }
    boolean hasText = skip(1 + Integer.BYTES + 1) && message.getByte(at - 1) != 0;
    return !hasText || skipText();
  }
}
