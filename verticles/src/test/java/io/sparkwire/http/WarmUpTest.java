package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.tls.LoopbackTls;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import io.sparkwire.tls.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

  private static final ServiceSpec SPEC =
      TestSpec.of("s")
          .path("/s/:kind")
          .methods(Set.of("PUT"))
          .build()
          .at(new ListenAddress("192.0.2.1", 8888));
  private static final WarmUpRequest SAMPLE =
      new WarmUpRequest("text/x-sample", "sample".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path directory;

  private Node node;
  private Exchanges exchanges;
  private WarmUp warmUp;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> options) {
    node = Node.embedded(new NodeId("n1"), new NodeOptions(1).with(options));
    exchanges = new Exchanges(node.id(), System::nanoTime);
    warmUp = new WarmUp(node, exchanges);
  }

  @AfterEach
  void stop() {
    node.vertx().close().await();
  }

  private static ServiceReply reply(int status) {
    byte[] body = "why".getBytes(StandardCharsets.UTF_8);
    return new ServiceReply(status, "text/plain", List.of(), body);
  }

  /** Warms up with the sample, which comes many times; returns the last request. */
  private ServiceRequest lastOfMany() {
    AtomicInteger times = new AtomicInteger();
    AtomicReference<ServiceRequest> last = new AtomicReference<>();
    warmUp.run(
        SPEC,
        exchange -> {
          times.incrementAndGet();
          last.set(exchange.request());
          exchange.answer(reply(200));
        },
        SAMPLE);

    assertThat(times.get()).isGreaterThan(100);
    return last.get();
  }

  @Test
  void theSampleComesManyTimesAsAClientWouldSendIt() {
    ServiceRequest last = lastOfMany();

    assertThat(last.method()).isEqualTo("PUT");
    assertThat(last.uri()).isEqualTo("/s/kind");
    assertThat(last.headers().get("Content-Type")).isEqualTo("text/x-sample");
    assertThat(last.body()).asString(StandardCharsets.UTF_8).isEqualTo("sample");
    assertThat(exchanges.size()).isZero();
  }

  @Test
  void itGoesOverTlsAlsoWhereClientsMustShowCertificates() {
    stop();
    TestAuthority authority = TestAuthority.named("authority");
    Map<String, String> options = new HashMap<>(authority.issue("CN=node").write(directory));
    options.put("tls-client-auth", "required");
    options.put("tls-trust", TestIdentity.writeTrust(directory, authority.certificate()));
    start(options);

    ServiceRequest last = lastOfMany();

    assertThat(last.headers().contains(ServiceRequest.CLIENT_SUBJECT)).isFalse();
  }

  @Test
  void nothingElseConnectsToItsListenerWithTls() {
    TestAuthority authority = TestAuthority.named("authority");
    Tls tls =
        new NodeOptions(1)
            .with(authority.issue("CN=node").write(directory))
            .tls()
            .map(options -> Tls.start(node.vertx(), options))
            .orElseThrow();
    LoopbackTls loopback = tls.loopback();
    HttpListeners listeners =
        HttpListeners.loopback(
            node,
            exchanges,
            exchange -> exchange.answer(reply(200)),
            Optional.of(loopback.listener()),
            Optional.empty());
    int port = listeners.open(new Service(TestSpec.of("s").build()));
    assertThatCode(() -> ask(loopback.client(), port)).doesNotThrowAnyException();
    SSLContext another = authority.issue("CN=node").trustingAs(authority.certificate());
    assertThatThrownBy(() -> ask(another, port)).isInstanceOf(IOException.class);
    SSLContext none = TestIdentity.trusting(authority.certificate());
    assertThatThrownBy(() -> ask(none, port)).isInstanceOf(IOException.class);
  }

  private static void ask(SSLContext client, int port) throws IOException {
    try (LoopbackConnection connection = new LoopbackConnection(client.getSocketFactory(), port)) {
      connection.send(SAMPLE.bytes(TestSpec.of("s").build(), List.of()));
      assertThat(connection.receive()).isEqualTo(200);
    }
  }

  @Test
  void aSampleThatFailsSaysWhy() {
    AtomicInteger times = new AtomicInteger();
    assertThatThrownBy(
            () ->
                warmUp.run(
                    SPEC,
                    exchange -> {
                      times.incrementAndGet();
                      exchange.answer(reply(422));
                    },
                    SAMPLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the warm-up request got status 422: why");
    assertThat(times).hasValue(1);
  }
}
