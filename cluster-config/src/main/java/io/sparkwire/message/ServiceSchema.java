package io.sparkwire.message;

import java.io.Serializable;

/**
 * The schemas of a service's bodies, as text of Spark's DDL, by one version of its pipeline. They
 * describe, and check nothing.
 *
 * <p>Either text is a list of columns for a JSON object, as in {@code value INT, text STRING}, or
 * one type for any other value, as in {@code ARRAY<DOUBLE>}; empty if it is not known. Immutable.
 *
 * @param body of requests; not known unless the pipeline parses JSON by one schema
 * @param reply of replies from the end of the pipeline
 * @param strict whether bodies are read strictly by that schema, and so in any form that a strict
 *     reader knows; otherwise in JSON alone
 * @param version the number of that version, from 1
 */
public record ServiceSchema(String body, String reply, boolean strict, int version)
    implements Serializable {

  /** Every node reads the offers of all others every few seconds, so they must not be large. */
  static final int MOST_CHARACTERS = 8_192;

  private static final int FIRST_VERSION = 1;

  public static final ServiceSchema UNKNOWN = new ServiceSchema("", "");

  /** A text of more than 8,192 characters is left out, as if it were not known. */
  public ServiceSchema {
    body = bounded(body);
    reply = bounded(reply);
  }

  /** Of the first version of a pipeline, which reads strictly. */
  public ServiceSchema(String body, String reply) {
    this(body, reply, true, FIRST_VERSION);
  }

  /** The same of bodies that are read in JSON alone. */
  public ServiceSchema lenient() {
    return new ServiceSchema(body, reply, false, version);
  }

  /** The same of another version of the pipeline. */
  public ServiceSchema ofVersion(int number) {
    return new ServiceSchema(body, reply, strict, number);
  }

  /** Whether a body is known to be read strictly by a schema. */
  public boolean isTyped() {
    return strict && !body.isEmpty();
  }

  private static String bounded(String text) {
    return text.length() > MOST_CHARACTERS ? "" : text;
  }
}
