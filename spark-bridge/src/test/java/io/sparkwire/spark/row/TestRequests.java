package io.sparkwire.spark.row;

import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestRequest;
import io.vertx.core.MultiMap;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Requests for tests of rows. */
final class TestRequests {

  /** 2026-01-31T12:30:00.000001Z. */
  static final long RECEIVED_AT = 1_769_862_600_000_001L;

  private TestRequests() {}

  static ServiceRequest request(MultiMap headers, Map<String, String> pathParams, String body) {
    return TestRequest.of(RequestId.parse("n1-ff"))
        .service("my_api")
        .uri("/my_api/ü?a=1")
        .headers(headers)
        .pathParams(pathParams)
        .body(body)
        .receivedAt(RECEIVED_AT)
        .build();
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
