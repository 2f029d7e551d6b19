package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A node with a heap of 512 MiB that is attacked in one way after the other while good clients send
 * requests.
 *
 * <p>{@code -Dsparkwire.attack.seconds=60} attacks for so long each time. With {@code
 * -Dsparkwire.attack.tail=3}, the 99th percentile of the good clients' waits during each attack
 * must be at most 3 times the one before it, and all kinds of traffic are sent one after the other;
 * where that is not given it is only printed, because it needs a machine that does nothing else.
 */
final class AttackedNode {

  private static final int SECONDS = Integer.getInteger("sparkwire.attack.seconds", 12);
  private static final double TAIL_FACTOR =
      Double.parseDouble(System.getProperty("sparkwire.attack.tail", "0"));
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** As long as the attack where both are compared. */
  static final Duration BEFORE = Duration.ofSeconds(TAIL_FACTOR > 0 ? SECONDS : 2);

  static final int CLIENTS = 4;

  /**
   * What may be held while an attack lasts: an eighth of the heap for unfinished requests and for
   * unread replies each, and the replies of 200 streams on their way to their clients, which
   * max-in-flight bounds and the pipeline's pace keeps from all being there at once.
   */
  private static final long MORE_MEBIBYTES = 256;

  private static final long NOISE_MEBIBYTES = 16;
  private static final int NOISE_FILES = 16;
  private static final int LOG_LINES = 50;

  private final Path directory;
  private final FatJarCluster cluster;
  private final RunningApp app;
  private final int adminPort = TestPorts.next(1);
  private final String path;
  private final int port;
  private final long quietMebibytes;
  private final int quietFiles;

  private PacedClients clients;
  private int linesBefore;

  /**
   * Starts it, with the launcher's collector and a heap that Spark just takes.
   *
   * @param files how many it may open
   */
  AttackedNode(Path directory, int files) throws Exception {
    this.directory = directory;
    String shell = "ulimit -n %d; java=$1; shift; exec $java -Xmx512m -XX:+UseParallelGC \"$@\"";
    Machine small = new Machine("127.0.0.1", List.of("sh", "-c", shell.formatted(files), "sh"));
    cluster = new FatJarCluster(directory, place -> small);
    app =
        cluster.start(
            0,
            "serve",
            "--name",
            "echo",
            "--schema",
            "value BIGINT, size INT, dec DECIMAL(10,2)",
            "--sql",
            "SELECT value, repeat('x', coalesce(size, 0)) AS pad, dec FROM requests",
            "--parse",
            "permissive",
            "--timeout",
            "10s",
            "--admin-port",
            "" + adminPort,
            "--port",
            "0");
    URI address = URI.create(app.url());
    port = address.getPort();
    path = address.getPath();
    PacedClients first = new PacedClients(port, path, CLIENTS);
    first.awaitMore(1_000);
    first.stop();
    quietMebibytes = mebibytes();
    quietFiles = app.openFiles().size();
  }

  /** Has good clients send requests until {@link #isClean}. */
  void beginToAsk() throws IOException {
    linesBefore = app.errLines().size();
    clients = new PacedClients(port, path, CLIENTS);
  }

  /** Ends the good clients, and checks that an attack has left nothing behind. */
  void isClean() throws IOException, InterruptedException {
    clients.stop();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(app.openFiles()).hasSizeLessThan(quietFiles + NOISE_FILES);
              assertThat(inFlight()).isZero();
            });
    assertThat(mebibytes()).isLessThan(quietMebibytes + NOISE_MEBIBYTES);
    List<String> said = app.errLines().subList(linesBefore, app.errLines().size());
    assertThat(said).noneMatch(line -> line.contains("OutOfMemory"));
    assertThat(said.size()).as("log lines of one attack").isLessThan(LOG_LINES);
  }

  private long mebibytes() throws IOException {
    return app.liveHeap() >> 20;
  }

  private int inFlight() throws IOException, InterruptedException {
    return FatJarCluster.statusAt(adminPort)
        .get(0)
        .getJsonArray("services")
        .getJsonObject(0)
        .getInteger("inFlight");
  }

  /**
   * Attacks in several ways at once, or in one after the other where their times are compared, and
   * compares what that costs with the time before.
   */
  void withstands(String name, Wave... waves) throws Exception {
    clients.awaitMore(CLIENTS, BEFORE);
    long before = clients.tailNanos();
    if (TAIL_FACTOR == 0) {
      isAttacked(name, before, List.of(waves));
    } else {
      for (Wave wave : waves) {
        isAttacked(name + ", " + wave.kind(), before, List.of(wave));
      }
    }
  }

  /**
   * The same for a while, and the node closes every slow connection in time.
   *
   * @param seconds the least that it takes
   */
  void withstandsFor(int seconds, Duration limit, String name, Wave wave) throws Exception {
    clients.awaitMore(CLIENTS, BEFORE);
    long before = clients.tailNanos();
    String summary = isAttacked(name, before, List.of(wave), Math.max(seconds, SECONDS));
    assertThat(AttackerProcess.longestKept(summary)).isPositive().isLessThan(limit);
  }

  void isAttacked(String name, long before, List<Wave> waves) throws Exception {
    isAttacked(name, before, waves, SECONDS);
  }

  private String isAttacked(String name, long before, List<Wave> waves, int seconds)
      throws Exception {
    clients.tailNanos(); // without what was asked while the heap was collected
    try (AttackerProcess attackers = AttackerProcess.start(directory, path, waves)) {
      clients.awaitMore(CLIENTS, Duration.ofSeconds(seconds));
      long during = clients.tailNanos();
      long held = mebibytes();
      assertThat(inFlight()).isNotNegative();
      String summary = attackers.stop();
      System.out.printf(
          "%s: p99 %.1f ms before, %.1f ms during; live heap %d MiB before, %d MiB during; %s%n",
          name, before / 1e6, during / 1e6, quietMebibytes, held, summary);
      assertThat(clients.failures()).isEmpty();
      assertThat(held).isLessThan(quietMebibytes + MORE_MEBIBYTES);
      if (TAIL_FACTOR > 0) {
        assertThat((double) during).isLessThanOrEqualTo(TAIL_FACTOR * before);
      }
      return summary;
    }
  }

  /** So many threads that send one kind of traffic to its service. */
  Wave http(int attackers, Wave.Kind kind) {
    return new Wave(port, attackers, kind);
  }

  PacedClients clients() {
    return clients;
  }

  /** How many lines it has logged since the good clients began. */
  int newLines() throws IOException {
    return app.errLines().size() - linesBefore;
  }

  /** The ports on which other nodes reach it. */
  List<Integer> portsBetweenNodes() {
    return cluster.ports(0);
  }

  Path directory() {
    return directory;
  }

  int port() {
    return port;
  }

  int adminPort() {
    return adminPort;
  }

  String path() {
    return path;
  }

  /** Ends it, as it should end. */
  void end() throws InterruptedException {
    try {
      app.terminate();
      assertThat(app.exitCode()).isZero();
    } finally {
      cluster.close();
    }
  }
}
