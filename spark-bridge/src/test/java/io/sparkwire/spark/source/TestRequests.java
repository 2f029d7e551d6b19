package io.sparkwire.spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Requests for tests of rows. */
final class TestRequests {

  /** 2026-01-31T12:30:00.000001Z. */
  static final long RECEIVED_AT = 1_769_862_600_000_001L;

  private TestRequests() {}

  static ServiceRequest request(MultiMap headers, Map<String, String> pathParams, String body) {
    return new ServiceRequest(
        RequestId.parse("n1-ff"),
        "my_api",
        "POST",
        "/my_api/ü?a=1",
        "HTTP/1.1",
        headers,
        pathParams,
        body.getBytes(UTF_8),
        ServiceRequest.ONE_ROW,
        RECEIVED_AT);
  }

  /** An object that must not be used. */
  @SuppressWarnings("unchecked") // its type parameters are erased
  static <T> T untouchable(Class<? super T> type) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError(type.getSimpleName() + "." + method.getName() + " called");
            });
  }
}
