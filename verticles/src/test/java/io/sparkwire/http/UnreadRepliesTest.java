package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnreadRepliesTest {

  /** More than the buffers of a socket on both sides take. */
  private static final int HUGE = 32 << 20;

  private static final int MEGABYTE = 1 << 20;

  private ServedNode node;
  private Service service;
  private int port;

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private void serve(Map<String, String> limits, int maxInFlight, int replyBytes) {
    node = new ServedNode(limits);
    ServiceReply reply = ServiceReply.ok("text/plain", new byte[replyBytes]);
    service =
        node.serve(
            ServedNode.spec("s", "/s", ofSeconds(30), maxInFlight),
            request -> request.answer(reply));
    port = node.listeners.open(service);
  }

  private RawHttp connect() throws IOException {
    return node.connect(port);
  }

  private RawHttp2 connect2(int window) throws IOException {
    return node.connect2(port, window);
  }

  private long unreadBytes() {
    return node.listeners.status().getLong("unreadBytes");
  }

  private void awaitInFlight(int count) {
    await().atMost(ofSeconds(20)).until(() -> service.inFlight() == count);
  }

  @Test
  void anUnreadReplyIsInFlightUntilItsTimeIsOverAndTakesNoRoomFromOthers() throws Exception {
    serve(Map.of("write-timeout", "1s"), 1, HUGE);
    connect().post("/s", "x");
    await().atMost(ofSeconds(20)).until(() -> unreadBytes() >= HUGE);

    assertThat(service.inFlight()).isEqualTo(1);
    assertThat(node.exchanges.size()).isEqualTo(1);
    assertThat(connect().post("/s", "x").receive().status()).isEqualTo(200);
    awaitInFlight(0);
    assertThat(service.counts().unread()).isEqualTo(1);
    assertThat(unreadBytes()).isZero();
  }

  @Test
  void aStreamThatMayNotBeWrittenIsResetAndItsConnectionStays() throws Exception {
    serve(Map.of("write-timeout", "1s"), 2, MEGABYTE);
    RawHttp2 shut = connect2(0).request(1, "/s").request(3, "/s").send();
    awaitInFlight(2);

    assertThat(connect().post("/s", "x").receive().status()).isEqualTo(200);
    shut.receive(RawHttp2.RESET, 1);
    shut.receive(RawHttp2.RESET, 3);
    awaitInFlight(0);
    assertThat(service.counts().unread()).isEqualTo(2);
    shut.request(5, "/s").send().receive(RawHttp2.HEADERS, 5);
  }

  @Test
  void aStreamOfWhichAPartWasReadIsReset() throws Exception {
    serve(Map.of("write-timeout", "500ms"), 2, MEGABYTE);
    RawHttp2 slow = connect2(RawHttp2.USUAL_WINDOW).request(1, "/s").send();

    slow.receive(RawHttp2.RESET, 1);
    awaitInFlight(0);
  }

  @Test
  void asManyBytesAsAllowedWaitForTheirClients() throws Exception {
    serve(Map.of("max-unread-bytes", "3MB"), 100, MEGABYTE);
    List<RawHttp2> clients = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      clients.add(connect2(0).request(1, "/s").send());
      int sent = i;
      await().atMost(ofSeconds(20)).until(() -> service.counts().answered() == sent);
    }

    for (RawHttp2 early : clients.subList(0, 6)) {
      early.receive(RawHttp2.RESET, 1);
    }
    assertThat(unreadBytes()).isBetween(2L * MEGABYTE, 4L * MEGABYTE);
    assertThat(service.inFlight()).isBetween(2, 4);
  }

  @Test
  void repliesThatWereNeverAdmittedAreBoundedToo() throws Exception {
    serve(Map.of("write-timeout", "500ms"), 100, 1);
    RawHttp never = connect();
    byte[] many = "POST /nowhere HTTP/1.1\r\nHost: t\r\n\r\n".repeat(1_000).getBytes(UTF_8);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                never.send(many);
              }
            })
        .isInstanceOf(IOException.class); // closed, because its answers are not read
    await().atMost(ofSeconds(20)).until(() -> unreadBytes() == 0);
    assertThat(connect().post("/s", "x").receive().status()).isEqualTo(200);
  }

  @Test
  void aReplyThatIsReadInTimeIsWhole() throws Exception {
    serve(Map.of(), 1, HUGE);
    assertThat(connect().post("/s", "x").receive().body()).hasSize(HUGE);
    awaitInFlight(0);
    assertThat(service.counts().unread()).isZero();
    assertThat(unreadBytes()).isZero();
  }
}
