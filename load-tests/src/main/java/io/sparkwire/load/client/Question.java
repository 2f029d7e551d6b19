package io.sparkwire.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One request in its bytes, together with the reply that it must get.
 *
 * <p>It is built once per connection; for each request only its value is written into both. Not
 * thread-safe.
 */
final class Question {
  private final ValueText request;
  private final ValueText expected;
  private final boolean wholeBody;

  Question(Target target) {
    Workload workload = target.workload();
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                target.url().getRawPath(),
                target.url().getHost(),
                target.url().getPort(),
                new ValueText(workload.body()).length());
    request = new ValueText(head + workload.body());
    expected = new ValueText(workload.expected());
    wholeBody = workload.wholeBody();
  }

  /** Makes this the question for another value. */
  void ask(long value) {
    request.put(value);
    expected.put(value);
  }

  /** The bytes to send: head and body. */
  byte[] request() {
    return request.bytes();
  }

  /** How many bytes of the reply are known. */
  int expectedLength() {
    return expected.length();
  }

  /** What the reply must be or contain, in words for a message. */
  String expected() {
    String text = new String(expected.bytes(), StandardCharsets.US_ASCII);
    return wholeBody ? text : "something with " + text;
  }

  /** Whether a complete response carries the value that was asked last. */
  boolean isAnsweredBy(ResponseParser response) {
    return wholeBody ? equalsBodyOf(response) : isInBodyOf(response);
  }

  private boolean equalsBodyOf(ResponseParser response) {
    return Arrays.equals(
        response.bytes(),
        response.bodyStart(),
        response.bodyEnd(),
        expected.bytes(),
        0,
        expected.length());
  }

  private boolean isInBodyOf(ResponseParser response) {
    int last = response.bodyEnd() - expected.length();
    for (int from = response.bodyStart(); from <= last; from++) {
      if (Arrays.equals(
          response.bytes(),
          from,
          from + expected.length(),
          expected.bytes(),
          0,
          expected.length())) {
        return true;
      }
    }
    return false;
  }
}
