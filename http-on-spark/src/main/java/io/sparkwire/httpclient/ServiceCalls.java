package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.Batching;
import io.sparkwire.httpclient.calls.CallSettings;
import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.message.Header;
import java.io.Serializable;
import java.util.List;

/**
 * All that a task must know to call one service. Immutable.
 *
 * @param concurrency how many calls a partition has in flight at most
 * @param headers for requests that have no header of that name
 * @param authorization null if there is none
 */
public record ServiceCalls(
    CallSettings settings,
    int concurrency,
    Batching batching,
    List<Header> headers,
    AuthorizationProvider authorization)
    implements Serializable {

  private static final int MOST = 4_096;

  public ServiceCalls {
    if (concurrency < 1 || concurrency > MOST) {
      throw new IllegalArgumentException(
          "param 'concurrency' must be 1 to " + MOST + ", got '" + concurrency + "'");
    }
  }

  /** How many rows a partition holds: as many as are in flight, and as many that come next. */
  public int window() {
    return Math.multiplyExact(2 * concurrency, batching.size());
  }

  /** A call with all headers that it lacks. */
  public HttpCall complete(HttpCall call) throws Exception {
    HttpCall complete = call;
    for (Header header : headers) {
      complete = withDefault(complete, header.name(), header.value());
    }
    String value = authorization == null ? null : authorization.authorization();
    return value == null ? complete : withDefault(complete, "Authorization", value);
  }

  private static HttpCall withDefault(HttpCall call, String name, String value) {
    boolean given = call.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase(name));
    return given ? call : call.withHeader(name, value);
  }
}
