package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.BadServers;
import io.sparkwire.load.client.FakeServer;
import org.junit.jupiter.api.Test;

class ClientCommandTest {
  @Test
  void rightRepliesEndWithZero() throws Exception {
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      assertThat(throughput(server, "9")).isZero();
      assertThat(latency(server, "9")).isZero();
    }
  }

  @Test
  void wrongRepliesEndWithOne() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.OneBehind())) {
      assertThat(throughput(server, "9")).isEqualTo(1);
      assertThat(latency(server, "9")).isEqualTo(1);
    }
  }

  @Test
  void lostRepliesEndWithOne() throws Exception {
    try (FakeServer server = FakeServer.http(new BadServers.Forgetful(2))) {
      assertThat(throughput(server, "0.2")).isEqualTo(1);
      assertThat(latency(server, "0.2")).isEqualTo(1);
    }
  }

  private static int throughput(FakeServer server, String timeout) {
    return exitCode(
        "throughput --connections=4 --warm-up=0 --seconds=0.1 --workload=echo", server, timeout);
  }

  private static int latency(FakeServer server, String timeout) {
    return exitCode("latency --warm-up=0 --requests=40 --workload=ECHO", server, timeout);
  }

  private static int exitCode(String command, FakeServer server, String timeout) {
    String all = "%s --url %s --timeout %s".formatted(command, server.url("/echo"), timeout);
    return ClientCommand.commandLine().execute(all.split(" ", -1));
  }
}
