package io.sparkwire.httpclient.calls;

import java.io.Serializable;

/**
 * How the calls of one stage are made. Immutable.
 *
 * @param maxBody the largest body of an answer in bytes, after decompression
 * @param maxRedirects how often a GET or HEAD follows a redirect
 */
public record CallSettings(
    Timeouts timeouts, Retries retries, int maxBody, int maxRedirects, ClientTls tls)
    implements Serializable {

  public CallSettings {
    if (maxBody < 0) {
      throw new IllegalArgumentException(
          "param 'maxBody' must be 0 to 2147483647 bytes, got '" + maxBody + "'");
    }
    if (maxRedirects < 0) {
      throw new IllegalArgumentException(
          "param 'maxRedirects' must be 0 or more, got '" + maxRedirects + "'");
    }
  }
}
