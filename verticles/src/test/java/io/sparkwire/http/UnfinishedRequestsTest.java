package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnfinishedRequestsTest {

  private static final String HEAD = "POST /s HTTP/1.1\r\nHost: t\r\nContent-Length: 600\r\n\r\n";

  private ServedNode node;
  private Service service;
  private int port;

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private void serve(Map<String, String> limits, int maxInFlight) {
    node = new ServedNode(limits);
    service = node.echo(ServedNode.spec("s", "/s", ofSeconds(30), maxInFlight));
    port = node.listeners.open(service);
  }

  private RawHttp connect() throws IOException {
    return node.connect(port);
  }

  private void awaitUnfinished(int count) {
    await()
        .atMost(ofSeconds(20))
        .until(() -> node.listeners.status().getInteger("unfinished") == count);
  }

  @Test
  void headsWithoutBodiesTakeNoPlaceOfThoseInFlight() throws Exception {
    serve(Map.of(), 2);
    for (int i = 0; i < 20; i++) {
      connect().send(HEAD);
    }
    awaitUnfinished(20);

    assertThat(connect().post("/s", "good").receive().body()).isEqualTo("good");
    assertThat(service.inFlight()).isZero();
    assertThat(service.counts().admitted()).isEqualTo(1);
  }

  @Test
  void unfinishedStreamsOfOneConnectionDoNotKeepOthersOut() throws Exception {
    serve(Map.of(), 2);
    RawHttp2 many = node.connect2(port, RawHttp2.USUAL_WINDOW);
    for (int stream = 1; stream < 180; stream += 2) {
      many.head(stream, "/s");
    }
    many.send();
    awaitUnfinished(90);

    assertThat(connect().post("/s", "good").receive().body()).isEqualTo("good");
    many.body(1, "late").send();
    assertThat(new String(many.receive(RawHttp2.DATA, 1).payload(), UTF_8)).isEqualTo("late");
  }

  @Test
  void theOldestUnfinishedMakeWayWhenThereAreTooMany() throws Exception {
    serve(Map.of("max-unfinished", "8"), 100);
    RawHttp oldest = connect().send(HEAD);
    awaitUnfinished(1);
    for (int i = 0; i < 7; i++) {
      connect().send(HEAD);
    }
    awaitUnfinished(8);
    RawHttp ninth = connect().send(HEAD);

    RawHttp.Response refused = oldest.receive();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers()).containsEntry("retry-after", "1");
    assertThat(refused.body()).contains("too many requests without their whole body are open");
    assertThat(ninth.send("x".repeat(600)).receive().status()).isEqualTo(200);
    assertThat(service.counts().incomplete()).isPositive();
  }

  @Test
  void theBytesOfUnfinishedBodiesAreBounded() throws Exception {
    serve(Map.of("max-unfinished-bytes", "1000"), 100);
    RawHttp oldest = connect().send(HEAD + "x".repeat(599));
    awaitUnfinished(1);
    RawHttp second = connect().send(HEAD + "x".repeat(599));

    assertThat(oldest.receive().status()).isEqualTo(503);
    assertThat(second.send("x").receive().status()).isEqualTo(200);
  }

  @Test
  void aSlowBodyIs408WhenItsTimeIsOver() throws Exception {
    serve(Map.of("body-timeout", "100ms"), 100);
    RawHttp slow = connect().send(HEAD + "some");
    RawHttp.Response late = slow.receive();

    assertThat(late.status()).isEqualTo(408);
    assertThat(late.body()).contains("the request was not complete within 100 ms");
    assertThat(slow.isClosedByServer()).isTrue();
    assertThat(service.counts().incomplete()).isEqualTo(1);
    assertThat(service.counts().admitted()).isZero();
  }

  @Test
  void aClientThatLeavesBeforeItHasSentAllIsForgotten() throws Exception {
    serve(Map.of(), 100);
    RawHttp leaving = connect().send(HEAD + "some");
    awaitUnfinished(1);
    leaving.close();

    awaitUnfinished(0);
    assertThat(service.counts().incomplete()).isEqualTo(1);
    assertThat(node.exchanges.size()).isZero();
  }
}
