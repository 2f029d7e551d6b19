package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.sparkwire.cluster.ClusterOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nodes of one cluster on this machine, each a fat jar in a process of its own. Every node has a
 * place, which determines its port in the cluster and is free again once the node has ended.
 */
final class FatJarCluster implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final int OBSERVER = 5;
  private static final int PLACES = OBSERVER + 1;

  /**
   * The command {@code status} joins the cluster for a moment, and parts of a cluster cannot merge
   * while a member joins. So there must be time between two calls.
   */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

  /** Two halves of a cluster may need several tries to become one. */
  private static final Duration STATUS_TIMEOUT = Duration.ofMinutes(5);

  private final Path directory;
  private final IntFunction<Machine> machines;
  private final TestPorts ports = TestPorts.take();
  private final Collection<RunningApp> apps = new ArrayList<>();
  private List<String> secret = List.of();

  /**
   * @param directory where the nodes run
   */
  FatJarCluster(Path directory) {
    this(directory, place -> Machine.THIS);
  }

  /**
   * @param machines where the node of each place runs
   */
  FatJarCluster(Path directory, IntFunction<Machine> machines) {
    this.directory = directory;
    this.machines = machines;
  }

  /** Gives secrets to the nodes that start from now on; the first of them is the one to use. */
  void useSecrets(String... secrets) throws IOException {
    Path file = Files.createTempFile(directory, "secret", "");
    Files.writeString(file, String.join("\n", secrets) + "\n");
    secret = List.of("--cluster-secret-file", file.toString());
  }

  /** Starts a command that joins the others from a place. */
  RunningApp start(int place, String... command) throws IOException {
    RunningApp app =
        RunningApp.start(
            machines.apply(place),
            directory,
            Stream.concat(Stream.of(command), membership(place).stream()).toArray(String[]::new));
    apps.add(app);
    return app;
  }

  /** The arguments of a process that joins the others from a place. */
  List<String> membership(int place) {
    List<String> membership =
        List.of(
            "--cluster-name",
            name(),
            "--cluster-host",
            machines.apply(place).address(),
            "--cluster-port",
            "" + (ports.first() + place),
            "--join",
            join());
    return Stream.concat(membership.stream(), secret.stream()).toList();
  }

  /** The same as settings of an application of Spark's. */
  List<String> settings(int place) {
    List<String> arguments = membership(place);
    return IntStream.iterate(0, i -> i < arguments.size(), i -> i + 2)
        .mapToObj(
            i ->
                arguments.get(i).replace("--", MembershipArguments.SETTING)
                    + "="
                    + arguments.get(i + 1))
        .toList();
  }

  private String join() {
    return IntStream.range(0, PLACES)
        .mapToObj(place -> machines.apply(place).address() + ":" + (ports.first() + place))
        .collect(Collectors.joining(","));
  }

  /** The ports of the node at a place: of the membership, then of the event bus. */
  List<Integer> ports(int place) {
    int port = ports.first() + place;
    return List.of(port, port + ClusterOptions.BUS_PORT_OFFSET);
  }

  /** What all nodes call their cluster. */
  String name() {
    return "it-" + ports.first();
  }

  RunningApp startGateway(int place, String... more) throws IOException {
    List<String> command = List.of("gateway", "--port", "0");
    return start(place, Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
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

  /** All nodes, as {@code sparkwire status --json} shows them. */
  List<JsonObject> status() throws IOException, InterruptedException {
    RunningApp status = start(OBSERVER, "status", "--json");
    assertThat(status.exitCode()).isZero();
    assertThat(status.errLines()).isEmpty();
    return nodes(String.join("\n", status.outLines()));
  }

  /** All nodes as the one with that admin port sees them; the call changes nothing. */
  static List<JsonObject> statusAt(int adminPort) throws IOException, InterruptedException {
    URI status = URI.create("http://127.0.0.1:" + adminPort + "/status");
    String seen =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(status).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    return nodes(seen);
  }

  /** The same of a node in another network namespace, whose admin port is on its own loopback. */
  static List<JsonObject> statusAt(Machine machine, int adminPort) throws IOException {
    List<String> command = new ArrayList<>(machine.shell());
    command.addAll(
        List.of(
            "bash",
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/%d && printf 'GET /status HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3"
                .formatted(adminPort)));
    Process process = new ProcessBuilder(command).start();
    String response = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return nodes(response.substring(response.indexOf("\r\n\r\n")));
  }

  private static List<JsonObject> nodes(String status) {
    return new JsonObject(status)
        .getJsonArray("nodes").stream().map(JsonObject.class::cast).toList();
  }

  /** Waits until the status is as it should be. */
  void awaitStatus(Consumer<List<JsonObject>> expectation) {
    await()
        .atMost(STATUS_TIMEOUT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL_INTERVAL)
        .untilAsserted(() -> expectation.accept(status()));
  }

  /** Waits until a node has logged that so many nodes left. */
  static void awaitLosses(RunningApp observer, long losses) {
    await().atMost(TIMEOUT).until(() -> losses(observer) >= losses);
  }

  /** How many nodes left, by the log of one. */
  static long losses(RunningApp observer) throws IOException {
    return observer.errLines().stream()
        .filter(line -> line.endsWith("has left the cluster"))
        .count();
  }

  @Override
  public void close() {
    apps.forEach(RunningApp::close);
    ports.close();
  }
}
