package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import java.util.Map;

/** A request for tests: a POST to the service {@code s}, with nothing in it. Not thread-safe. */
public final class TestRequest {

  private final RequestId id;
  private String service = "s";
  private String method = "POST";
  private String uri = "/s";
  private MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private Map<String, String> pathParams = Map.of();
  private byte[] body = {};
  private String format = ServiceRequest.ONE_ROW;
  private long receivedAtMicros;

  private TestRequest(RequestId id) {
    this.id = id;
  }

  public static TestRequest of(RequestId id) {
    return new TestRequest(id);
  }

  /** A request of node {@code n1} with that sequence number. */
  public static TestRequest number(long sequence) {
    return of(new RequestId(new NodeId("n1"), sequence));
  }

  public TestRequest service(String name) {
    service = name;
    return this;
  }

  public TestRequest method(String text) {
    method = text;
    return this;
  }

  public TestRequest uri(String text) {
    uri = text;
    return this;
  }

  public TestRequest header(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** The headers themselves, and no others. */
  public TestRequest headers(MultiMap all) {
    headers = all;
    return this;
  }

  public TestRequest pathParams(Map<String, String> values) {
    pathParams = values;
    return this;
  }

  public TestRequest body(byte[] bytes) {
    body = bytes;
    return this;
  }

  public TestRequest body(String text) {
    return body(text.getBytes(UTF_8));
  }

  /** In which the body holds many rows. */
  public TestRequest format(String name) {
    format = name;
    return this;
  }

  public TestRequest receivedAt(long micros) {
    receivedAtMicros = micros;
    return this;
  }

  public ServiceRequest build() {
    return new ServiceRequest(
        id, service, method, uri, "HTTP/1.1", headers, pathParams, body, format, receivedAtMicros);
  }
}
