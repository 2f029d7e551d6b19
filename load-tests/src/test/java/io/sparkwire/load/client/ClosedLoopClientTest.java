package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ClosedLoopClientTest {
  private static final ClosedLoopOptions BRIEF = options(Duration.ofMillis(250));
  private static final ClosedLoopOptions PATIENT = options(Duration.ofSeconds(9));

  @Test
  void aServerThatAnswersRightHasNothingWrongAndNothingLost() throws Exception {
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      RunReport report = run(server, PATIENT);

      assertThat(report.isFlawless()).isTrue();
      assertThat(report.right()).isPositive();
      assertThat(report.seconds()).isBetween(0.2, 5.0);
      assertThat(report.latencies().p50()).isPositive();
      assertThat(report.latencies().max()).isGreaterThanOrEqualTo(report.latencies().p50());
    }
  }

  @Test
  void aRequestLargerThanTheSocketsBufferIsSentInPieces() throws Exception {
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      Target large = server.target(Workload.PAYLOAD_1M);
      RunReport report = new ClosedLoopClient(large, PATIENT).run();

      assertThat(report.firstFault()).isEmpty();
      assertThat(report.isCorrect()).isTrue();
    }
  }

  @Test
  void connectionsAreSpreadOverAllTargets() throws Exception {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    try (FakeServer server =
        FakeServer.http(
            (request, body) -> {
              asked.add(request.path());
              FakeServer.echo(request, body);
            })) {
      List<Target> targets =
          Stream.of("/a", "/b", "/c")
              .map(path -> new Target(server.url(path), Workload.ECHO))
              .toList();

      assertThat(new ClosedLoopClient(targets, PATIENT).run().firstFault()).isEmpty();
      assertThat(asked).containsExactlyInAnyOrder("/a", "/b", "/c");
    }
  }

  @Test
  void noConnectionIsClosedWhileTheServerIsMeasured() throws Exception {
    Set<SocketAddress> closed = ConcurrentHashMap.newKeySet();
    List<Integer> seen = new ArrayList<>();
    try (FakeServer server =
        FakeServer.http(
            (request, body) -> {
              SocketAddress client = request.remoteAddress();
              request.connection().closeHandler(event -> closed.add(client));
              FakeServer.echo(request, body);
            })) {
      new ClosedLoopClient(server.target(Workload.ECHO), PATIENT)
          .run(() -> seen.add(closed.size()), () -> seen.add(closed.size()));

      assertThat(seen).containsExactly(0, 0);
    }
  }

  @Test
  void repliesSwappedBetweenConnectionsAreWrong() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Swapping())) {
      RunReport report = run(server, BRIEF);

      assertThat(report.wrong()).isPositive();
      assertThat(report.right()).isZero();
      assertThat(report.isCorrect()).isFalse();
    }
  }

  @Test
  void everyRequestThatIsNeverAnsweredIsLost() throws Exception {
    BadServers.Forgetful forgetful = new BadServers.Forgetful(10);
    try (FakeServer server = FakeServer.http(forgetful)) {
      RunReport report = run(server, options(Duration.ofMillis(600)));

      assertThat(report.lost()).isPositive().isEqualTo(forgetful.forgotten());
      assertThat(report.wrong()).isZero();
      assertThat(report.isCorrect()).isFalse();
    }
  }

  @Test
  void aReplyAfterTheTimeOutIsLostAndNotTakenForTheNextOne() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Tardy(10, Duration.ofMillis(350)))) {
      RunReport report = run(server, BRIEF);

      assertThat(report.lost()).isPositive();
      assertThat(report.wrong()).isZero();
    }
  }

  @Test
  void aConnectionClosedInsteadOfAReplyIsALostReply() throws Exception {
    try (FakeServer server = FakeServer.http(BadServers::hangUp)) {
      RunReport report = run(server, PATIENT);

      assertThat(report.lost()).isPositive();
      assertThat(report.wrong()).isZero();
    }
  }

  @Test
  void anUnfinishedReplyIsALostReplyAndLeavesNothingToTheNextConnection() throws Exception {
    try (FakeServer server = FakeServer.raw(BadServers::breakOff)) {
      RunReport report = run(server, PATIENT);

      assertThat(report.lost()).isPositive();
      assertThat(report.wrong()).isZero();
      assertThat(report.right()).isPositive();
    }
  }

  @Test
  void refusalsAreCountedApartAndAreNoThroughput() throws Exception {
    try (FakeServer server = FakeServer.http(BadServers::refuse)) {
      RunReport report = run(server, PATIENT);

      assertThat(report.not200()).isPositive();
      assertThat(report.right()).isZero();
      assertThat(report.isCorrect()).isTrue();
      assertThat(report.isFlawless()).isFalse();
    }
  }

  @Test
  void aReplySentTwiceIsWrong() throws Exception {
    try (FakeServer server = FakeServer.raw(BadServers::stutter)) {
      assertThat(run(server, BRIEF).wrong()).isPositive();
    }
  }

  @Test
  void aReplyThatCannotBeReadIsWrong() throws Exception {
    try (FakeServer server = FakeServer.raw(BadServers::mumble)) {
      assertThat(run(server, BRIEF).wrong()).isPositive();
    }
  }

  @Test
  void aServerThatIsNotThereEndsTheRun() {
    Target nowhere = new Target(URI.create("http://127.0.0.1:1/echo"), Workload.ECHO);

    assertThatThrownBy(() -> new ClosedLoopClient(nowhere, BRIEF).run())
        .isInstanceOf(ConnectException.class);
  }

  private static ClosedLoopOptions options(Duration timeout) {
    return new ClosedLoopOptions(8, Duration.ofMillis(50), Duration.ofMillis(200), timeout);
  }

  private static RunReport run(FakeServer server, ClosedLoopOptions options) throws IOException {
    return new ClosedLoopClient(server.target(Workload.ECHO), options).run();
  }
}
