package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nodes of one cluster on this machine, each a fat jar in a process of its own. Every node has a
 * place, which stands for its port in the cluster and is free again once the node has ended.
 */
final class FatJarCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PLACES = 6;
  private static final int LAST_FIRST_PORT = 60_000;

  private final Path directory;
  private final int firstPort;
  private final Collection<RunningApp> apps = new ArrayList<>();

  /**
   * @param directory where the nodes run
   */
  FatJarCluster(Path directory) throws IOException {
    this.directory = directory;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      firstPort = Math.min(free.getLocalPort(), LAST_FIRST_PORT);
    }
  }

  /** Starts a command that joins the others from a place. */
  RunningApp start(int place, String... command) throws IOException {
    List<String> membership =
        List.of(
            "--cluster-name",
            "it-" + firstPort,
            "--cluster-port",
            "" + (firstPort + place),
            "--join",
            join());
    RunningApp app =
        RunningApp.start(
            directory,
            Stream.concat(Stream.of(command), membership.stream()).toArray(String[]::new));
    apps.add(app);
    return app;
  }

  private String join() {
    return IntStream.range(firstPort, firstPort + PLACES)
        .mapToObj(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  RunningApp startGateway(int place) throws IOException {
    return start(place, "gateway", "--port", "0");
  }

  /**
   * Starts a worker of one partition.
   *
   * @param sql over {@code requests}, which have a {@code value BIGINT}
   */
  RunningApp startWorker(int place, String service, String sql, String... more) throws IOException {
    List<String> serve =
        List.of(
            "serve",
            "--port",
            "0",
            "--name",
            service,
            "--sql",
            sql,
            "--schema",
            "value BIGINT",
            "--partitions",
            "1");
    return start(place, Stream.concat(serve.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** Waits until a node has told of so many nodes that left. */
  static void awaitLosses(RunningApp observer, int losses) {
    await().atMost(PATIENCE).until(() -> losses(observer) >= losses);
  }

  private static long losses(RunningApp observer) throws IOException {
    return observer.errLines().stream()
        .filter(line -> line.endsWith("has left the cluster"))
        .count();
  }

  @Override
  public void close() {
    apps.forEach(RunningApp::close);
  }
}
