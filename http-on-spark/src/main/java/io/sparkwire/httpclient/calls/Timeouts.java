package io.sparkwire.httpclient.calls;

import java.io.Serializable;

/**
 * How long a call may take, in milliseconds. Immutable.
 *
 * @param connect until there is a connection
 * @param request from the beginning of one attempt to the last byte of its answer
 * @param total from the beginning of the first attempt to the end of the last, with all pauses
 */
public record Timeouts(long connect, long request, long total) implements Serializable {

  public Timeouts {
    check("connectTimeout", connect);
    check("requestTimeout", request);
    check("totalTimeout", total);
  }

  private static void check(String name, long millis) {
    if (millis < 1) {
      throw new IllegalArgumentException(
          "param '" + name + "' must be at least 1 ms, got '" + millis + "'");
    }
  }
}
