package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SequentialLatencyClientTest {
  private static final Duration BRIEF = Duration.ofMillis(700);
  private static final Duration PATIENT = Duration.ofSeconds(9);

  @Test
  void measuresAsManyRequestsAsAskedAfterTheWarmUp() throws Exception {
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      RunReport report = run(server, Workload.ECHO);

      assertThat(report.isFlawless()).isTrue();
      assertThat(report.right()).isEqualTo(50);
      assertThat(report.latencies().p50()).isPositive();
    }
  }

  @Test
  void aSlowServerIsMeasuredForNoLongerThanTheLimit() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Tardy(1, Duration.ofMillis(50)))) {
      RunReport report =
          new SequentialLatencyClient(server.target(Workload.ECHO), PATIENT)
              .run(0, 1000, Duration.ofMillis(200));

      assertThat(report.right()).isBetween(1L, 10L);
      assertThat(report.isFlawless()).isTrue();
    }
  }

  @Test
  void aReplyOfAnotherRequestIsWrong() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.OneBehind())) {
      RunReport report = run(server, Workload.ECHO);

      assertThat(report.wrong()).isEqualTo(60);
      assertThat(report.right()).isZero();
      assertThat(report.firstFault())
          .isEqualTo("expected {\"value\":100000000000} but got {\"value\":1}");
    }
  }

  @Test
  void stopsAtTheFirstLostReply() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Forgetful(20))) {
      RunReport report = run(server, Workload.ECHO, BRIEF);

      assertThat(report.lost()).isEqualTo(1);
      assertThat(report.right()).isEqualTo(9);
    }
  }

  @Test
  void aReplyLostInTheWarmUpCounts() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Forgetful(5))) {
      RunReport report = run(server, Workload.ECHO, BRIEF);

      assertThat(report.lost()).isEqualTo(1);
      assertThat(report.right()).isZero();
    }
  }

  @Test
  void aClosedConnectionIsALostReply() throws Exception {
    try (FakeServer server = FakeServer.http(BadServers::hangUp)) {
      assertThat(run(server, Workload.ECHO).lost()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalIsNoRightReply() throws Exception {
    try (FakeServer server = FakeServer.http(BadServers::refuse)) {
      RunReport report = run(server, Workload.ECHO);

      assertThat(report.not200()).isEqualTo(60);
      assertThat(report.firstFault()).startsWith("status 503: ");
      assertThat(report.isFlawless()).isFalse();
    }
  }

  @Test
  void aReplySentTwiceIsWrong() throws Exception {
    try (FakeServer server = FakeServer.raw(BadServers::stutter)) {
      assertThat(run(server, Workload.ECHO).wrong()).isPositive();
    }
  }

  @Test
  void aSpeciesMayBeAnywhereInTheReply() throws Exception {
    try (FakeServer server =
        FakeServer.http(
            (request, body) ->
                request.response().end("{\"species\":\"Adelie\",\"probability\":[0.9,0.1]}"))) {
      assertThat(run(server, Workload.SPECIES).isFlawless()).isTrue();
    }
  }

  @Test
  void anotherSpeciesIsWrong() throws Exception {
    try (FakeServer server =
        FakeServer.http((request, body) -> request.response().end("{\"species\":\"Gentoo\"}"))) {
      assertThat(run(server, Workload.SPECIES).wrong()).isEqualTo(60);
    }
  }

  private static RunReport run(FakeServer server, Workload workload) throws IOException {
    return run(server, workload, PATIENT);
  }

  private static RunReport run(FakeServer server, Workload workload, Duration timeout)
      throws IOException {
    return new SequentialLatencyClient(server.target(workload), timeout).run(10, 50, PATIENT);
  }
}
