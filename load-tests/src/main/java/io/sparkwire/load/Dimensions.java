package io.sparkwire.load;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.JavaCommand;
import io.sparkwire.load.server.Peers;
import io.sparkwire.load.server.SavedModels;
import io.sparkwire.load.server.SparkJar;
import io.sparkwire.load.server.SparkwireServices;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The catalogue of what can be varied, by name; those within one JVM are defined here. */
final class Dimensions {
  private static final String ECHO_SQL = "SELECT value FROM requests";
  private static final String WAITING_SQL =
      "SELECT value FROM requests WHERE java_method('java.lang.Thread', 'sleep', 1L) IS NOT NULL";
  private static final List<String> ONE_READER = List.of("--partitions", "1", "--replicas", "1");
  private static final List<String> TWO_REPLICAS = List.of("--partitions", "1", "--replicas", "2");
  private static final List<String> FOUR_SLOTS = List.of("--master", "local[4,1000000]");

  private final Path examples;
  private final SparkwireServices services;
  private final Map<String, Supplier<Dimension>> all = new LinkedHashMap<>();

  /**
   * @param jar Sparkwire's fat jar
   * @param examples where the examples are compiled to
   * @param freePort gives another free port each time
   */
  Dimensions(Path jar, Path examples, IntSupplier freePort) {
    this.examples = examples;
    SparkJar sparkJar = new SparkJar(jar);
    services =
        new SparkwireServices(
            sparkJar, new SavedModels(sparkJar, Path.of("models"), Peers.HOME), freePort);
    all.put("payload", this::payload);
    all.put("connections", this::connections);
    all.put("services", this::services);
    all.put("partitions", () -> partitions("partitions", "an echo", ECHO_SQL));
    all.put("waiting", () -> partitions("waiting", "a pipeline that waits 1 ms", WAITING_SQL));
    all.put("in-flight", this::inFlight);
    all.put("epoch-length", this::epochLength);
    ClusterDimensions clusters = new ClusterDimensions(jar, freePort);
    all.put("history", clusters::history);
    all.put("hop", clusters::hop);
    all.put("nodes", clusters::nodes);
  }

  /** All names, in the order in which they are measured. */
  List<String> names() {
    return List.copyOf(all.keySet());
  }

  /**
   * One dimension with servers of its own.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  Dimension named(String name) {
    Supplier<Dimension> dimension = all.get(name);
    if (dimension == null) {
      throw new IllegalArgumentException(
          "Unknown dimension %s; there are %s".formatted(name, String.join(", ", names())));
    }
    return dimension.get();
  }

  private Dimension payload() {
    Contestant echo = services.payload("payload", ONE_READER);
    Map<String, Workload> sizes = new LinkedHashMap<>();
    sizes.put("100 B", Workload.PAYLOAD_100);
    sizes.put("1 kB", Workload.PAYLOAD_1K);
    sizes.put("10 kB", Workload.PAYLOAD_10K);
    sizes.put("100 kB", Workload.PAYLOAD_100K);
    sizes.put("1 MB", Workload.PAYLOAD_1M);
    List<GrowthPoint> points =
        sizes.entrySet().stream()
            .map(size -> GrowthPoint.of(size.getKey(), echo).asking(size.getValue()))
            .toList();
    return Dimension.of(
        "payload",
        "Payload, as large in the reply as in the request",
        points,
        Figure.RATE,
        Figure.P50,
        Figure.CPU,
        Figure.BYTES);
  }

  private Dimension connections() {
    Contestant echo = echo("connections", ONE_READER, List.of("--max-in-flight", "8192"));
    return Dimension.of(
        "connections",
        "Connections, with one request outstanding on each",
        points(echo, 1, 8, 64, 512, 5_000),
        Figure.RATE,
        Figure.WAIT,
        Figure.CPU,
        Figure.HEAP);
  }

  private Dimension services() {
    return Dimension.of(
        "services",
        "Services in one JVM, all of them asked",
        Stream.of(1, 10, 100).map(this::services).toList(),
        Figure.RATE,
        Figure.P50,
        Figure.HEAP,
        Figure.IDLE_CPU);
  }

  private GrowthPoint services(int count) {
    Contestant server = services.many("services-" + count, examples, count);
    List<Target> targets =
        IntStream.rangeClosed(1, count)
            .mapToObj(SparkwireServices::pathOfMany)
            .map(path -> Target.at(server.port(), path, Workload.ECHO))
            .toList();
    return GrowthPoint.of("" + count, server).asking(targets);
  }

  private Dimension partitions(String name, String of, String sql) {
    List<GrowthPoint> points =
        Stream.of(1, 2, 4)
            .map(
                count -> {
                  List<String> readers = List.of("--partitions", "" + count, "--replicas", "1");
                  List<String> arguments = JavaCommand.join(readers, FOUR_SLOTS);
                  return GrowthPoint.of(
                      "" + count, services.sql(name + "-" + count, sql, arguments));
                })
            .toList();
    return Dimension.of(
        name, "Partitions of " + of, points, Figure.RATE, Figure.P50, Figure.WAIT, Figure.CPU);
  }

  private Dimension inFlight() {
    List<String> room = List.of("--max-in-flight", "2048");
    Contestant slow = services.sql("in-flight", WAITING_SQL, JavaCommand.join(ONE_READER, room));
    return Dimension.of(
        "in-flight",
        "Requests in flight, at a pipeline that waits 1 ms for each",
        points(slow, 16, 64, 256, 1_024, 2_048),
        Figure.RATE,
        Figure.WAIT,
        Figure.HEAP);
  }

  private Dimension epochLength() {
    List<GrowthPoint> points =
        List.of(
            epochs("5 min", "5m", ONE_READER),
            epochs("2 s", "2s", ONE_READER),
            epochs("500 ms", "500ms", ONE_READER),
            epochs("2 s, two replicas", "2s", TWO_REPLICAS),
            epochs("500 ms, two replicas", "500ms", TWO_REPLICAS));
    return Dimension.of(
        "epoch-length", "Length of an epoch", points, Figure.RATE, Figure.WAIT, Figure.TAIL);
  }

  private GrowthPoint epochs(String label, String length, List<String> readers) {
    String name = "epochs-" + length + "-" + readers.get(readers.size() - 1);
    return GrowthPoint.of(label, echo(name, readers, List.of("--epoch-length", length)));
  }

  private Contestant echo(String name, List<String> readers, List<String> more) {
    return services.echo(name, JavaCommand.join(readers, more));
  }

  private static List<GrowthPoint> points(Contestant server, Integer... connections) {
    return Stream.of(connections)
        .map(count -> GrowthPoint.of("%,d".formatted(count), server).with(count))
        .toList();
  }
}
