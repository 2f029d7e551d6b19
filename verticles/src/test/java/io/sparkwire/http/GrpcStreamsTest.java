package io.sparkwire.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of gRPC beside others on one connection, frame by frame. */
class GrpcStreamsTest {

  private static final String LIVE = "ServerLive";
  private static final String METADATA = "ServerMetadata";

  /** A call without arguments: not compressed, of no bytes. */
  private static final String EMPTY = "\0\0\0\0\0";

  /** Enough for the answer whether a server is live, and for no other. */
  private static final int SMALL_WINDOW = 8;

  /** Enough for that answer, and full when it is there. */
  private static final int EXACT_WINDOW = 7;

  private final ServedNode node = new ServedNode(1);
  private final Service service = node.silence(GrpcService.spec(TestSpec.of("m")));
  private final int port = node.listeners.open(service);
  private final LoggedLines log = new LoggedLines();

  @AfterEach
  void stop() {
    log.close();
    node.close();
  }

  private long open() {
    return node.listeners.status().getLong("open");
  }

  private static FrameClient call(FrameClient client, int stream, String method)
      throws IOException {
    return client
        .post(
            stream,
            false,
            "/" + GrpcCalls.INFERENCE + method,
            "content-type",
            "application/grpc",
            "te",
            "trailers")
        .data(stream, true, EMPTY);
  }

  private static void isAnswered(FrameClient client, int stream) throws IOException {
    List<RawHttp2.Frame> answer = client.untilEnd(stream);
    assertThat(answer)
        .extracting(RawHttp2.Frame::kind)
        .containsSubsequence(RawHttp2.HEADERS, RawHttp2.DATA, RawHttp2.HEADERS)
        .doesNotContain(RawHttp2.RESET);
    assertThat(client.hasGoAway()).isFalse();
  }

  @Test
  void aCallThatIsCancelledWhileItIsAnsweredEndsNoOther() throws Exception {
    try (FrameClient client = new FrameClient(port)) {
      client.hold();
      call(client, 1, METADATA);
      client.reset(1);
      call(client, 3, LIVE).send();
      isAnswered(client, 3);
      call(client, 5, METADATA);
      isAnswered(client, 5);
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aCallThatIsCancelledBeforeItsAnswerIsReadEndsNoOther() throws Exception {
    try (FrameClient client = new FrameClient(port, SMALL_WINDOW)) {
      call(client, 1, METADATA);
      assertThat(client.await(1, RawHttp2.DATA).payload()).hasSize(SMALL_WINDOW);
      client.reset(1);
      call(client, 3, LIVE);
      isAnswered(client, 3);
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void anAnswerGoesOnAsItIsRead() throws Exception {
    try (FrameClient client = new FrameClient(port, SMALL_WINDOW)) {
      call(client, 1, METADATA);
      client.await(1, RawHttp2.DATA);
      client.window(1, 1 << 16);
      isAnswered(client, 1);
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aConnectionThatEndsBeforeAnAnswerIsReadLeavesNoLineInTheLog() throws Exception {
    try (FrameClient client = new FrameClient(port, SMALL_WINDOW)) {
      call(client, 1, METADATA);
      client.await(1, RawHttp2.DATA);
    }
    await().atMost(ofSeconds(30)).until(() -> open() == 0);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aCallWhoseAnswerFillsTheWindowEndsWhenThereIsMore() throws Exception {
    try (FrameClient client = new FrameClient(port, EXACT_WINDOW)) {
      call(client, 1, LIVE);
      assertThat(client.await(1, RawHttp2.DATA).payload()).hasSize(EXACT_WINDOW);
      client.window(1, 1);
      isAnswered(client, 1);
    }
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void aConnectionThatEndsWhileItsWindowIsFullLeavesNoLineInTheLog() throws Exception {
    try (FrameClient client = new FrameClient(port, EXACT_WINDOW)) {
      call(client, 1, LIVE);
      client.await(1, RawHttp2.DATA);
    }
    await().atMost(ofSeconds(30)).until(() -> open() == 0);
    assertThat(log.lines()).isEmpty();
  }
}
