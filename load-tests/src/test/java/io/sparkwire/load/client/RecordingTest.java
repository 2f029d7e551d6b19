package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final double TOLERANCE = 1e-4;
  private static final Duration PATIENT = Duration.ofSeconds(9);
  private static final ClosedLoopOptions OPTIONS =
      new ClosedLoopOptions(1, Duration.ZERO, Duration.ofMillis(200), PATIENT);

  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    for (int i = 0; i < 3; i++) {
      Files.writeString(directory.resolve(i + ".request"), "X: 1\r\n\r\n[" + i + ".00001]");
      Files.writeString(directory.resolve(i + ".reply"), "[" + i + "]");
    }
  }

  @Test
  void oneConnectionSendsAllExchangesInTurns() throws Exception {
    assertThat(latency(this::echo).right()).isEqualTo(6);
    assertThat(asked).containsExactlyInAnyOrder("[0.00001]", "[1.00001]", "[2.00001]");

    asked.clear();
    assertThat(throughput(this::echo).isFlawless()).isTrue();
    assertThat(asked).hasSize(3);
  }

  @Test
  void aReplyToAnotherExchangeIsWrong() throws Exception {
    RunReport report = latency((request, body) -> request.response().end("[1.0]"));

    assertThat(report.right()).isEqualTo(2);
    assertThat(report.wrong()).isEqualTo(4);
    assertThat(report.firstFault()).contains("expected about [", "] but got [1.0]");
    assertThat(throughput((request, body) -> request.response().end("[1.0]")).wrong()).isPositive();
  }

  @Test
  void aFurtherFieldIsInEachHead() throws Exception {
    try (FakeServer server = FakeServer.http(RecordingTest::echoFields)) {
      Target target = new Target(server.url("/"), new Recording(directory, TOLERANCE)).with("Y: 2");

      assertThat(target.arguments()).containsSubsequence("--field", "Y: 2", "--tolerance");
      assertThat(new SequentialLatencyClient(target, PATIENT).run(0, 1, PATIENT).firstFault())
          .contains("status 418: 1 2");
    }
  }

  private void echo(HttpServerRequest request, Buffer body) {
    asked.add(body.toString());
    FakeServer.echo(request, body);
  }

  private static void echoFields(HttpServerRequest request, Buffer body) {
    request
        .response()
        .setStatusCode(418)
        .end(request.getHeader("X") + " " + request.getHeader("Y"));
  }

  private RunReport latency(BiConsumer<HttpServerRequest, Buffer> answer) throws IOException {
    try (FakeServer server = FakeServer.http(answer)) {
      Target target = new Target(server.url("/"), new Recording(directory, TOLERANCE));
      return new SequentialLatencyClient(target, PATIENT).run(0, 6, PATIENT);
    }
  }

  private RunReport throughput(BiConsumer<HttpServerRequest, Buffer> answer) throws IOException {
    try (FakeServer server = FakeServer.http(answer)) {
      return ClosedLoopClient.inTurns(directory, server.url("/"), TOLERANCE, OPTIONS).run();
    }
  }
}
