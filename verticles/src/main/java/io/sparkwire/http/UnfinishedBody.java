package io.sparkwire.http;

import io.sparkwire.connection.Peer;
import io.sparkwire.endpoint.RequestContent;
import io.sparkwire.exchange.Exchange;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * The bytes of one request's body, until it has all of them.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
final class UnfinishedBody {

  private static final byte[] EMPTY = {};

  final Exchange exchange;
  final Peer peer;
  final BodyCoding coding;
  private Buffer collected;
  private RequestContent decoded;
  private boolean owned;

  /** Its neighbours in {@link UnfinishedBodies}, which alone changes them. */
  UnfinishedBody earlier;

  UnfinishedBody later;
  boolean listed;

  UnfinishedBody(Exchange exchange, Peer peer, BodyCoding coding) {
    this.exchange = exchange;
    this.peer = peer;
    this.coding = coding;
  }

  /** How many bytes have been sent. */
  int length() {
    return collected == null ? 0 : collected.length();
  }

  void add(Buffer chunk) {
    if (collected == null) {
      collected =
          chunk; // nearly every body arrives in one chunk, which is then copied once, in take()
    } else {
      appendable().appendBuffer(chunk);
    }
  }

  private Buffer appendable() {
    if (!owned) {
      owned = true;
      collected = Buffer.buffer(2 * collected.length()).appendBuffer(collected);
    }
    return collected;
  }

  /** A copy of all that has been sent. */
  byte[] sent() {
    return collected == null ? EMPTY : collected.getBytes();
  }

  /** Keeps what these bytes mean in the place of what was sent. */
  void decoded(RequestContent content) {
    decoded = content;
  }

  /**
   * All of it, once: it is the caller's, as a connection may refer to this for long.
   *
   * @param headers as they were sent
   */
  RequestContent take(MultiMap headers) {
    RequestContent whole = decoded == null ? new RequestContent(headers, sent()) : decoded;
    collected = null;
    decoded = null;
    return whole;
  }
}
