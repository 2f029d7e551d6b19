package io.sparkwire.http;

import io.vertx.core.buffer.Buffer;

/**
 * The bytes of one request's body, up to a limit.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
final class BodyCollector {

  private static final byte[] EMPTY = {};

  private final long limit;
  private Buffer collected;
  private boolean owned;

  BodyCollector(long limit) {
    this.limit = limit;
  }

  /** Adds a chunk, unless it would exceed the limit; says whether it was added. */
  boolean add(Buffer chunk) {
    long size = chunk.length() + (collected == null ? 0L : collected.length());
    if (size > limit) {
      return false;
    }
    if (collected == null) {
      collected =
          chunk; // nearly every body comes in one chunk, which is then copied once, in bytes()
    } else {
      appendable().appendBuffer(chunk);
    }
    return true;
  }

  private Buffer appendable() {
    if (!owned) {
      owned = true;
      collected = Buffer.buffer(2 * collected.length()).appendBuffer(collected);
    }
    return collected;
  }

  /** All of them, for once: it keeps none, since its connection may refer to it for long. */
  byte[] bytes() {
    byte[] all = collected == null ? EMPTY : collected.getBytes();
    collected = null;
    return all;
  }
}
