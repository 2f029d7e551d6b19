package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.BadServers;
import io.sparkwire.load.client.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void recordedRequestsMustGetTheirRecordedReplies(@TempDir Path exchanges) throws Exception {
    Files.writeString(exchanges.resolve("1.request"), "Content-Type: text/plain\r\n\r\n<value>");
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      Files.writeString(exchanges.resolve("1.reply"), "<value>");
      assertThat(recorded(server, exchanges)).isZero();
      Files.writeString(exchanges.resolve("1.reply"), "<value>0");
      assertThat(recorded(server, exchanges)).isEqualTo(1);
    }
  }

  @Test
  void recordedRepliesMayBeOffByTheTolerance(@TempDir Path exchanges) throws Exception {
    Files.writeString(exchanges.resolve("1.request"), "Content-Type: text/plain\r\n\r\n[1.01]");
    Files.writeString(exchanges.resolve("1.reply"), "[1]");
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      for (String client :
          List.of("throughput --warm-up=0 --seconds=0.1", "latency --warm-up=0 --requests=4")) {
        String command = client + " --exchanges=" + exchanges + " --tolerance=";
        assertThat(exitCode(command + "0.1", server, "9")).isZero();
        assertThat(exitCode(command + "0.001", server, "9")).isEqualTo(1);
      }
    }
  }

  private static int recorded(FakeServer server, Path exchanges) {
    return exitCode(
        "throughput --connections=2 --warm-up=0 --seconds=0.1 --exchanges=" + exchanges,
        server,
        "9");
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
