package io.sparkwire.load.client;

import static java.net.HttpURLConnection.HTTP_NO_CONTENT;
import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.util.List;

/**
 * The requests to a contestant, and the form of a right reply.
 *
 * <p>Immutable. A question made from it is not.
 */
public enum Workload implements Requests {
  /** One number, sent back unchanged; every request carries another one. */
  ECHO("{\"value\":" + ValueText.SLOT + "}"),

  /** One number that the pipeline leaves out, so the reply has no body. */
  LEFT_OUT("{\"value\":-" + ValueText.SLOT + "}", "", true, HTTP_NO_CONTENT),

  /** One penguin that every sound classifier knows; its reply may carry more than the species. */
  SPECIES(
      "{\"island\":\"Torgersen\",\"bill_length_mm\":39.1,\"bill_depth_mm\":18.7,"
          + "\"flipper_length_mm\":181.0,\"body_mass_g\":3750.0,\"sex\":\"male\"}",
      "\"species\":\"Adelie\"",
      false),

  /** One text that is about the first of two subjects. */
  TEXT(
      "{\"text\":\"the executor reads a stream of rows and spark joins it with a table\"}",
      "\"prediction\":1.0",
      false),

  /** The same penguin, for trees that only decide whether it is an Adelie. */
  TREES(SPECIES.body, "\"prediction\":1.0", false),

  /** What an item costs, asked of the slow service. */
  PRICE("{\"item\":\"" + ValueText.SLOT + "\"}", "{\"price\":0." + ValueText.SLOT + "2}", true),

  /** What a customer has spent, asked of the slow service. */
  AMOUNT(
      "{\"customer\":\"" + ValueText.SLOT + "\"}", "{\"amount\":0." + ValueText.SLOT + "1}", true),

  /** Both, joined and scored by the example that asks for them. */
  SCORE(
      "{\"customer\":\"7\",\"item\":\"" + ValueText.SLOT + "\"}",
      "{\"score\":0.0,\"spent\":0.71,\"price\":0." + ValueText.SLOT + "2}",
      true),

  /** A number and a text, sent back unchanged; the name says how many bytes that is. */
  PAYLOAD_100(padded(100)),
  PAYLOAD_1K(padded(1_000)),
  PAYLOAD_10K(padded(10_000)),
  PAYLOAD_100K(padded(100_000)),
  PAYLOAD_1M(padded(1_000_000));

  private final String body;
  private final String expected;
  private final boolean wholeBody;
  private final int status;

  Workload(String echoed) {
    this(echoed, echoed, true);
  }

  Workload(String body, String expected, boolean wholeBody) {
    this(body, expected, wholeBody, HTTP_OK);
  }

  Workload(String body, String expected, boolean wholeBody, int status) {
    this.body = body;
    this.expected = expected;
    this.wholeBody = wholeBody;
    this.status = status;
  }

  private static String padded(int bytes) {
    String empty = "{\"value\":" + ValueText.SLOT + ",\"text\":\"\"}";
    String text = "x".repeat(bytes - new ValueText(empty).length());
    return empty.replace("\"\"", '"' + text + '"');
  }

  @Override
  public List<String> arguments() {
    return List.of("--workload", name());
  }

  @Override
  public Question question(URI url, String field) {
    return new ValueQuestion(url, this, field);
  }

  /** The request body, with {@link ValueText#SLOT} where the request's own value goes. */
  String body() {
    return body;
  }

  /** What the reply's body must be or contain, with the same slot. */
  String expected() {
    return expected;
  }

  /** The status of a right reply. */
  int status() {
    return status;
  }

  /** Whether {@link #expected()} is the whole body, or only a part of it. */
  boolean wholeBody() {
    return wholeBody;
  }
}
