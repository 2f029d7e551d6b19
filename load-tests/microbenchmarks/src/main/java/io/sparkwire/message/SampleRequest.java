package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import java.util.Map;

/** A request for which no client waits, and that the benchmark finishes. */
public final class SampleRequest implements PendingRequest {
  private static final byte[] BODY = "{\"value\":100000000000}".getBytes(UTF_8);
  private static final int SEQUENCE = 4711;

  private final Suspicion suspicion = new Suspicion();
  private boolean open = true;

  /** What is asked, as a small client would ask it. */
  public static ServiceRequest asked() {
    return new ServiceRequest(
        new RequestId(new NodeId("node1"), SEQUENCE),
        "echo",
        "POST",
        "/echo",
        "HTTP/1.1",
        MultiMap.caseInsensitiveMultiMap()
            .add("Host", "127.0.0.1:8888")
            .add("Content-Type", "application/json")
            .add("Content-Length", "" + BODY.length),
        Map.of(),
        BODY,
        ServiceRequest.ONE_ROW,
        1_769_862_600_000_001L);
  }

  /** It is finished. */
  public void finish() {
    open = false;
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public ServiceRequest request() {
    return asked();
  }

  @Override
  public boolean answer(ServiceReply reply) {
    return false;
  }

  @Override
  public void rowsEnded(ServiceReply leftOut) {}

  @Override
  public Suspicion suspicion() {
    return suspicion;
  }
}
