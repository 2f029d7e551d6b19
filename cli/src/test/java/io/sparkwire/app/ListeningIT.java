package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.TestPorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which interfaces and ports processes listen: where they were told to, and nowhere else. */
class ListeningIT {

  private static final String SERVICE_HOST = "127.0.0.2";
  private static final String ADMIN_HOST = "127.0.0.3";
  private static final String LOOPBACK = "127.0.0.1";

  /** Of Spark's driver: for calls, and for its blocks. */
  private static final int PORTS_OF_SPARK = 2;

  private static final String QUERY = "SELECT value FROM requests";

  @TempDir Path directory;

  private final int adminPort = TestPorts.next(1);

  private List<String> listeners() {
    return List.of(
        "--host",
        SERVICE_HOST,
        "--port",
        "0",
        "--admin-host",
        ADMIN_HOST,
        "--admin-port",
        "" + adminPort);
  }

  private static ListeningSocket service(String url) {
    return new ListeningSocket(SERVICE_HOST, URI.create(url).getPort());
  }

  /** Those of a process, without the ports that Spark has chosen. */
  private static Set<ListeningSocket> withoutSpark(
      ProcessHandle process, List<Integer> others, int ofSpark) throws Exception {
    Set<ListeningSocket> all = ListeningSocket.ofTcp(process);
    Set<ListeningSocket> spark =
        all.stream()
            .filter(socket -> socket.host().equals(LOOPBACK) && !others.contains(socket.port()))
            .collect(Collectors.toSet());
    assertThat(spark).as("of Spark").hasSize(ofSpark);
    all.removeAll(spark);
    return all;
  }

  @Test
  void aNodeByItselfListensWhereItWasToldTo() throws Exception {
    String[] command =
        Stream.concat(
                Stream.of("serve", "--sql", QUERY, "--schema", "value BIGINT"),
                listeners().stream())
            .toArray(String[]::new);
    try (RunningApp app = RunningApp.start(directory, command)) {
      assertThat(app.ask("{\"value\":3}").getInteger("value")).isEqualTo(3);
      assertThat(withoutSpark(app.handle(), List.of(), PORTS_OF_SPARK))
          .containsExactlyInAnyOrder(
              service(app.url()), new ListeningSocket(ADMIN_HOST, adminPort));
      assertThat(ListeningSocket.ofUdp(app.handle())).isEmpty();
    }
  }

  @Test
  void nodesOfAClusterListenWhereTheyWereToldTo() throws Exception {
    try (FatJarCluster cluster = new FatJarCluster(directory)) {
      RunningApp worker = cluster.startWorker(0, "numbers", QUERY, "--host", SERVICE_HOST);
      worker.url();
      RunningApp gateway =
          cluster.start(
              1, Stream.concat(Stream.of("gateway"), listeners().stream()).toArray(String[]::new));
      assertThat(gateway.statusAt("/numbers", "{\"value\":3}")).isEqualTo(200);
      assertThat(withoutSpark(worker.handle(), cluster.ports(0), PORTS_OF_SPARK))
          .containsExactlyInAnyOrderElementsOf(with(cluster.ports(0), service(worker.url())));
      assertThat(withoutSpark(gateway.handle(), cluster.ports(1), 0))
          .containsExactlyInAnyOrderElementsOf(
              with(
                  cluster.ports(1),
                  service(gateway.url()),
                  new ListeningSocket(ADMIN_HOST, adminPort)));
    }
  }

  private static List<ListeningSocket> with(List<Integer> ports, ListeningSocket... others) {
    return Stream.concat(
            ports.stream().map(port -> new ListeningSocket(LOOPBACK, port)), Stream.of(others))
        .toList();
  }

  /** The UI has no password. */
  @Test
  void theUiOfSparkListensWhereTheEnvironmentSays() throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("-jar", RunningApp.JAR.toString(), "serve", "--sql", QUERY),
                Stream.of("--schema", "value BIGINT", "--spark", "spark.ui.enabled=true"))
            .collect(Collectors.toList());
    command.addAll(listeners());
    Map<String, String> environment = Map.of("SPARK_LOCAL_IP", "127.0.0.4");
    try (JavaProcess app = JavaProcess.start(Machine.THIS, directory, command, environment)) {
      app.awaitLine("Serving at");
      assertThat(ListeningSocket.ofTcp(app.handle()))
          .extracting(ListeningSocket::host)
          .containsExactlyInAnyOrder(SERVICE_HOST, ADMIN_HOST, LOOPBACK, LOOPBACK, "127.0.0.4");
    }
  }
}
