package io.sparkwire.load.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request with a value of its own, together with the reply that it must get.
 *
 * <p>It is built once per connection; for each request only its value is written into both. Not
 * thread-safe.
 */
final class ValueQuestion implements Question {
  private final ValueText request;
  private final ValueText expected;
  private final boolean wholeBody;
  private final int status;

  /**
   * @param field a further one of the head; empty for none
   */
  ValueQuestion(URI url, Workload workload, String field) {
    this(
        request(
            url,
            "Content-Type: application/json" + (field.isEmpty() ? "" : "\r\n" + field),
            workload.body()),
        new ValueText(workload.expected()),
        workload.wholeBody(),
        workload.status());
  }

  /**
   * @param expected what the reply's body must be or contain
   * @param status of the right reply
   */
  ValueQuestion(ValueText request, ValueText expected, boolean wholeBody, int status) {
    this.request = request;
    this.expected = expected;
    this.wholeBody = wholeBody;
    this.status = status;
  }

  /**
   * The head and the body of a request.
   *
   * @param fields header fields besides {@code Host} and {@code Content-Length}, one per line
   */
  static ValueText request(URI url, String fields, String body) {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                url.getRawPath(),
                url.getHost(),
                url.getPort(),
                fields,
                new ValueText(body).length());
    return new ValueText(head + body);
  }

  @Override
  public void ask(long value) {
    request.put(value);
    expected.put(value);
  }

  @Override
  public byte[] request() {
    return request.bytes();
  }

  @Override
  public int expectedLength() {
    return expected.length();
  }

  @Override
  public String expected() {
    String text = new String(expected.bytes(), StandardCharsets.ISO_8859_1);
    return wholeBody ? text : "something with " + text;
  }

  @Override
  public boolean hasStatusOf(ResponseParser response) {
    return response.status() == status;
  }

  @Override
  public boolean isAnsweredBy(ResponseParser response) {
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
