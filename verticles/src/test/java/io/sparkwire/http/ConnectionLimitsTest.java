package io.sparkwire.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.admin.AdminServer;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {

  private ServedNode node;
  private int port;

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private void serve(Map<String, String> limits) {
    node = new ServedNode(limits);
    port = node.listeners.open(node.echo(ServedNode.spec("s", "/s", ofSeconds(30), 100)));
  }

  private RawHttp connect() throws IOException {
    return node.connect(port);
  }

  private RawHttp2 connect2() throws IOException {
    return node.connect2(port, 0);
  }

  private JsonObject status() {
    return node.listeners.status();
  }

  private void awaitOpen(int count) {
    await().atMost(ofSeconds(20)).until(() -> status().getInteger("open") == count);
  }

  @Test
  void aConnectionWithoutAByteOrAWholeHeadIsClosed() throws Exception {
    serve(Map.of("head-timeout", "300ms"));
    RawHttp silent = connect();
    RawHttp slow = connect().send("POST /s HTTP/1.1\r\nHost: t\r\nX-Slow: ");
    RawHttp second = connect();
    assertThat(second.post("/s", "one").receive().body()).isEqualTo("one");
    second.send("POST /s HT");

    assertThat(silent.isClosedByServer()).isTrue();
    assertThat(slow.isClosedByServer()).isTrue();
    assertThat(second.isClosedByServer()).isTrue();
    awaitOpen(0);
    assertThat(status().getLong("timedOut")).isEqualTo(3);
  }

  @Test
  void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
    node = new ServedNode(Map.of("idle-timeout", "300ms"));
    Service held = node.silence(ServedNode.spec("s", "/s", ofSeconds(30), 100));
    port = node.listeners.open(held);
    RawHttp busy = connect().post("/s", "wait");
    RawHttp idle = connect();
    assertThat(idle.post("/nowhere", "x").receive().status()).isEqualTo(404);
    RawHttp2 idle2 = connect2().send(); // and never a request

    assertThat(idle.isClosedByServer()).isTrue();
    idle2.receive(RawHttp2.GO_AWAY, 0);
    awaitOpen(1);
    node.taken.remove().answer(ServiceReply.ok("text/plain", new byte[] {'x'}));
    assertThat(busy.receive().body()).isEqualTo("x");
  }

  @Test
  void oneConnectionTooManyIsClosedAndTheOthersAreServed() throws Exception {
    serve(Map.of("max-connections", "3", "max-connections-per-address", "3"));
    List<RawHttp> first = List.of(connect(), connect(), connect());
    awaitOpen(3);

    assertThatThrownBy(() -> connect().post("/s", "x").receive()).isInstanceOf(IOException.class);
    assertThat(status().getLong("refused")).isPositive();
    for (RawHttp http : first) {
      assertThat(http.post("/s", "good").receive().body()).isEqualTo("good");
    }
    first.get(0).close();
    awaitOpen(2);
    assertThat(connect().post("/s", "next").receive().body()).isEqualTo("next");
  }

  @Test
  void oneAddressHasAShareOfTheConnections() throws Exception {
    serve(Map.of("max-connections", "100", "max-connections-per-address", "2"));
    List<RawHttp> first = List.of(connect(), connect());
    awaitOpen(2);

    assertThatThrownBy(() -> connect().post("/s", "x").receive()).isInstanceOf(IOException.class);
    assertThat(first.get(1).post("/s", "good").receive().body()).isEqualTo("good");
  }

  @Test
  void connectionsThatDoNothingMakeRoomForThoseThatDo() throws Exception {
    serve(
        Map.of("max-connections", "8", "max-connections-per-address", "8", "idle-timeout", "24h"));
    for (int i = 0; i < 8; i++) {
      assertThat(connect().post("/s", "once").receive().status()).isEqualTo(200);
    }
    await()
        .atMost(ofSeconds(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> connect().post("/s", "new").receive().body().equals("new"));
    assertThat(status().getLong("madeRoom")).isPositive();
  }

  @Test
  void connectionsWithoutAnyRequestMakeRoomAtOnce() throws Exception {
    serve(
        Map.of(
            "max-connections", "16", "max-connections-per-address", "16", "head-timeout", "24h"));
    RawHttp working = connect();
    assertThat(working.post("/s", "good").receive().body()).isEqualTo("good");
    for (int i = 0; i < 100; i++) {
      connect();
    }
    await()
        .atMost(ofSeconds(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> connect().post("/s", "new").receive().body().equals("new"));
    assertThat(working.post("/s", "still").receive().body()).isEqualTo("still");
    assertThat(status().getLong("madeRoom")).isPositive();
  }

  @Test
  void theAdminPortAnswersWhileTheServicesHaveNoRoom() throws Exception {
    serve(Map.of("max-connections", "1", "max-connections-per-address", "1"));
    AdminServer admin =
        AdminServer.start(node.node, new AdminOptions("127.0.0.1", 0), () -> true, List.of());
    connect();
    awaitOpen(1);
    assertThatThrownBy(() -> connect().post("/s", "x").receive()).isInstanceOf(IOException.class);

    try (RawHttp http = new RawHttp(admin.port())) {
      http.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      assertThat(http.receive().status()).isEqualTo(200);
    }
  }

  @Test
  void streamsAboveTheLimitAreRefusedWhateverTheSettingsSay() throws Exception {
    serve(Map.of("max-streams", "5"));
    RawHttp2 flood = connect2();
    for (int stream = 1; stream < 4_000; stream += 2) {
      flood.request(stream, "/s");
    }
    flood.send();

    assertThatThrownBy(
            () -> {
              while (flood.receive().kind() != RawHttp2.GO_AWAY) {
                // refusals of single streams
              }
              throw new EOFException("as good as closed");
            })
        .isInstanceOf(IOException.class);
    awaitOpen(0);
    assertThat(connect().post("/s", "good").receive().body()).isEqualTo("good");
  }

  @Test
  void streamsThatAreResetAgainAndAgainEndTheirConnection() throws Exception {
    serve(Map.of());
    RawHttp2 flood = connect2();
    for (int stream = 1; stream < 2_000; stream += 2) {
      flood.request(stream, "/s").reset(stream);
    }
    flood.send();

    flood.receive(RawHttp2.GO_AWAY, 0);
    awaitOpen(0);
  }
}
