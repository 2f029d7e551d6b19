package io.sparkwire.message;

import java.io.Serializable;

/**
 * The schemas of a service's bodies, as text of Spark's DDL. They describe, and check nothing.
 *
 * <p>Either text is a list of columns for a JSON object, as in {@code value INT, text STRING}, or
 * one type for any other value, as in {@code ARRAY<DOUBLE>}; empty if it is not known. Immutable.
 *
 * @param body of requests; not known unless the pipeline parses JSON by one schema
 * @param reply of replies from the end of the pipeline
 */
public record ServiceSchema(String body, String reply) implements Serializable {

  /** Every node reads the offers of all others every few seconds, so they must not be large. */
  static final int MOST_CHARACTERS = 8_192;

  public static final ServiceSchema UNKNOWN = new ServiceSchema("", "");

  /** A text of more than 8,192 characters is left out, as if it were not known. */
  public ServiceSchema {
    body = bounded(body);
    reply = bounded(reply);
  }

  private static String bounded(String text) {
    return text.length() > MOST_CHARACTERS ? "" : text;
  }
}
