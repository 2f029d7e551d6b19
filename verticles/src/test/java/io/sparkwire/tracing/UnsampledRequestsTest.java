package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.trace.TracerProvider;
import io.sparkwire.exchange.ComputeTimes;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What a request costs that is not sampled: nothing on the heap. */
class UnsampledRequestsTest {

  private static final int REQUESTS = 100_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Spans spans =
      new Spans(
          TracerProvider.noop().get("none"),
          new ChosenIds(),
          () ->
              (ThreadLocalRandom.current().nextLong() >>> 2) | (1L << 61), // above a ratio of 0.01
          System::nanoTime,
          () -> 0);
  private final FirstSampler sampler = FirstSampler.of("parentbased_traceidratio", 0.01);
  private final TracedRequests requests = new TracedRequests(spans, sampler);
  private final ComputeSpans computed = new ComputeSpans(new NodeId("n1"), spans, sampler);

  private static HttpServerRequest with(MultiMap headers) {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            HttpServerRequest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, arguments) -> headers);
  }

  private static MultiMap headers(String traceparent) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "text/plain");
    return traceparent == null ? headers : headers.add("traceparent", traceparent);
  }

  /** How many bytes the request and its computation allocate, of many times. */
  private long allocated(HttpServerRequest request, ServiceRequest whole, ComputeTimes times) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < REQUESTS; i++) {
      if (requests.begin(request, "/s", 1) != null) {
        throw new AssertionError("was sampled");
      }
      computed.make(whole, times, null);
    }
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }

  private void allocatesNothing(String traceparent) {
    HttpServerRequest request = with(headers(traceparent));
    ServiceRequest whole = FakePendingRequest.number(1).request();
    ComputeTimes times = new ComputeTimes(1, 2, 3);
    allocated(request, whole, times);

    assertThat(allocated(request, whole, times) / REQUESTS).isZero();
  }

  @Test
  void aRequestWithoutACallerAllocatesNothing() {
    allocatesNothing(null);
  }

  @Test
  void aRequestWhoseCallerDoesNotSampleAllocatesNothing() {
    allocatesNothing("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
  }

  @Test
  void aRequestWithAFieldThatIsNoneAllocatesNothing() {
    allocatesNothing("nonsense");
  }

  @Test
  void oneThatIsSampledDoes() {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    HeaderFields.read(headers("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    assertThat(THREADS.getThreadAllocatedBytes(thread) - before).isPositive();
  }
}
