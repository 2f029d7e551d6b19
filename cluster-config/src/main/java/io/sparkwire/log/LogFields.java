package io.sparkwire.log;

import org.slf4j.MDC;

/**
 * Fields of a line beside its text, as the mapped diagnostic context (MDC) of the thread that logs
 * it. A log in JSON shows them. Stateless.
 */
public final class LogFields {

  /** The name of an event. */
  public static final String EVENT = "event";

  /** The id of the request that a line is about. */
  public static final String REQUEST_ID = "requestId";

  private LogFields() {}

  /** Logs what is about one request. */
  public static void ofRequest(Object id, Runnable lines) {
    with(REQUEST_ID, id.toString(), lines);
  }

  static void with(String field, String value, Runnable lines) {
    MDC.put(field, value);
    try {
      lines.run();
    } finally {
      MDC.remove(field);
    }
  }
}
