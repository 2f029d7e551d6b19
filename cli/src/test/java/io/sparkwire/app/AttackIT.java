package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.app.Wave.Kind;
import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on an {@link AttackedNode} with at most 1,500 open files, as in a common shell. */
@Timeout(600)
class AttackIT {

  private static final int FILES = 1_500;

  private static AttackedNode node;

  @BeforeAll
  static void begin(@TempDir Path directory) throws Exception {
    node = new AttackedNode(directory, FILES);
  }

  @BeforeEach
  void beginToAsk() throws IOException {
    node.beginToAsk();
  }

  @AfterAll
  static void end() throws Exception {
    node.end();
  }

  @AfterEach
  void isClean() throws IOException, InterruptedException {
    node.isClean();
  }

  @Test
  void floodsOfFramesAndHeads() throws Exception {
    node.withstands(
        "frames and heads",
        node.http(2, Kind.UNREAD_REFUSALS),
        node.http(1, Kind.STREAMS_WITHOUT_LIMIT),
        node.http(1, Kind.CANCELLED_STREAMS),
        node.http(1, Kind.PINGS));
  }

  @Test
  void unreadReplies() throws Exception {
    // making replies of 1 MB is the same work for both: what an attacker adds is not to read them
    List<Wave> readers = List.of(node.http(4, Kind.READ_STREAMS), node.http(4, Kind.READ_REPLIES));
    List<Wave> others =
        List.of(node.http(4, Kind.UNREAD_STREAMS), node.http(4, Kind.UNREAD_REPLIES));
    try (AttackerProcess honest = AttackerProcess.start(node.directory(), node.path(), readers)) {
      node.clients().awaitMore(AttackedNode.CLIENTS, AttackedNode.BEFORE);
      long before = node.clients().tailNanos();
      System.out.println("the same replies, read: " + honest.stop());
      node.isAttacked("unread replies", before, others);
    }
  }

  @Test
  void hugeNumbers() throws Exception {
    node.withstands(
        "huge numbers",
        node.http(1, Kind.HUGE_EXPONENT_OF_DECIMAL),
        node.http(1, Kind.HUGE_EXPONENT),
        node.http(1, Kind.MANY_DIGITS));
  }

  @Test
  void connectionsThatSayNothingOrLittle() throws Exception {
    node.withstands(
        "idle connections and slow heads",
        node.http(4, Kind.IDLE_CONNECTIONS),
        node.http(2, Kind.SLOW_HEADS));
  }

  @Test
  void bodiesThatDoNotEnd() throws Exception {
    node.withstands(
        "unfinished bodies",
        node.http(4, Kind.HEADS_WITHOUT_BODIES),
        node.http(1, Kind.SLOW_BODIES),
        node.http(2, Kind.STREAMS_WITHOUT_BODIES));
  }

  /** To services and to the admin port alike. */
  @Test
  void faultsOfClientsLeaveNoLineInTheLog() throws Exception {
    for (int faulty : new int[] {node.port(), node.adminPort()}) {
      for (String request :
          List.of(
              "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET / HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
              "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
              "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
              "PATCH " + node.path() + " HTTP/1.1\r\nHost: a\r\n\r\n",
              "POST "
                  + node.path()
                  + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
              "POST " + node.path() + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n",
              "\u0016\u0003\u0001 no HTTP at all\r\n\r\n")) {
        try (RawHttp http = new RawHttp(faulty)) {
          assertThat(http.send(request).receive().status()).isBetween(400, 505);
        }
      }
    }
    assertThat(node.newLines()).isZero();
  }

  @Test
  void endlessMessagesBetweenNodes() throws Exception {
    node.withstands(
        "messages between nodes",
        new Wave(node.portsBetweenNodes().get(0), 1, Kind.ENDLESS_MESSAGE),
        new Wave(node.portsBetweenNodes().get(1), 2, Kind.ENDLESS_MESSAGE));
  }
}
