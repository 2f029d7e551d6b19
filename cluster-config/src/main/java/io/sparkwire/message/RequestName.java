package io.sparkwire.message;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The name that a client has given its request, in the header field {@code X-Request-Id}.
 * Stateless.
 */
public final class RequestName {

  public static final CharSequence FIELD = HttpHeaders.createOptimized("x-request-id");

  static final int MOST_CHARACTERS = 128;

  private static final String NAMED = " (X-Request-Id ";
  private static final char FIRST = '!';
  private static final char LAST = '~';

  private RequestName() {}

  /** Whether that is a name: visible ASCII, and not too long, as it goes into logs. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_CHARACTERS
        && text.chars().allMatch(c -> c >= FIRST && c <= LAST);
  }

  /** What logs call a request: by its id, and by its client's name if it has one. */
  public static String inLogs(ServiceRequest request) {
    MultiMap headers = request.headers();
    String name = headers.get(FIELD);
    return name != null && isValid(name)
        ? request.id() + NAMED + name + ")"
        : request.id().toString();
  }

  /** The id in what {@link #inLogs} has made. */
  public static String idIn(String text) {
    int end = text.indexOf(NAMED);
    return end < 0 ? text : text.substring(0, end);
  }
}
