package io.sparkwire.load.client;

import static java.net.HttpURLConnection.HTTP_OK;

import java.nio.charset.StandardCharsets;

/**
 * A request whose reply is JSON with numbers that need not be exact: a network computes a row a
 * little differently with other rows than alone.
 *
 * <p>It is always the same; what it remembers is how right replies looked. Not thread-safe.
 */
final class CloseQuestion implements Question {
  /** A number may be written with more digits than in the recorded reply. */
  private static final int LONGER = 2;

  private final byte[] request;
  private final String expected;
  private final CloseJson reply;

  private CloseQuestion(byte[] request, String expected, CloseJson reply) {
    this.request = request;
    this.expected = expected;
    this.reply = reply;
  }

  static CloseQuestion of(RecordedExchange exchange, double tolerance) {
    byte[] right = exchange.reply().getBytes(StandardCharsets.ISO_8859_1);
    return new CloseQuestion(
        exchange.request().bytes(), exchange.reply(), new CloseJson(right, tolerance));
  }

  /** All values are the same to it. */
  @Override
  public void ask(long value) {}

  @Override
  public byte[] request() {
    return request;
  }

  @Override
  public int expectedLength() {
    return LONGER * expected.length();
  }

  @Override
  public String expected() {
    return "about " + expected;
  }

  @Override
  public boolean hasStatusOf(ResponseParser response) {
    return response.status() == HTTP_OK;
  }

  @Override
  public boolean isAnsweredBy(ResponseParser response) {
    return reply.isCloseTo(response.bytes(), response.bodyStart(), response.bodyEnd());
  }
}
