package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.sparkwire.app.Wave.Kind;
import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One node with a heap of 512 MiB and at most 1,500 open files, which is attacked in one way after
 * the other while good clients send requests.
 *
 * <p>{@code -Dsparkwire.attack.seconds=60} attacks for so long each time. With {@code
 * -Dsparkwire.attack.tail=3}, the 99th percentile of the good clients' waits during each attack
 * must be at most 3 times the one before it, and all kinds of traffic are sent one after the other;
 * where that is not given it is only printed, because it needs a machine that does nothing else.
 */
@Timeout(600)
class AttackIT {

  private static final int SECONDS = Integer.getInteger("sparkwire.attack.seconds", 12);
  private static final double TAIL_FACTOR =
      Double.parseDouble(System.getProperty("sparkwire.attack.tail", "0"));
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** As long as the attack where both are compared. */
  private static final Duration BEFORE = Duration.ofSeconds(TAIL_FACTOR > 0 ? SECONDS : 2);

  /** A file limit as of a common shell, a heap that Spark just takes, the launcher's collector. */
  private static final Machine SMALL =
      new Machine(
          "127.0.0.1",
          List.of(
              "sh",
              "-c",
              "ulimit -n 1500; java=$1; shift; exec $java -Xmx512m -XX:+UseParallelGC \"$@\"",
              "sh"));

  private static final int CLIENTS = 4;

  /**
   * What may be held while an attack lasts: an eighth of the heap for unfinished requests and for
   * unread replies each, and the replies of 200 streams on their way to their clients, which
   * max-in-flight bounds and the pipeline's pace keeps from all being there at once.
   */
  private static final long MORE_MEBIBYTES = 256;

  private static final long NOISE_MEBIBYTES = 16;
  private static final int NOISE_FILES = 16;
  private static final int LOG_LINES = 50;

  private static Path directory;
  private static FatJarCluster cluster;
  private static RunningApp app;
  private static int adminPort;
  private static String path;
  private static int port;
  private static long quietMebibytes;
  private static int quietFiles;

  private PacedClients clients;
  private int linesBefore;

  @BeforeAll
  static void begin(@TempDir Path place) throws Exception {
    directory = place;
    cluster = new FatJarCluster(directory, node -> SMALL);
    adminPort = TestPorts.next(1);
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

  @BeforeEach
  void beginToAsk() throws IOException {
    linesBefore = app.errLines().size();
    clients = new PacedClients(port, path, CLIENTS);
  }

  @AfterAll
  static void end() throws Exception {
    try {
      app.terminate();
      assertThat(app.exitCode()).isZero();
    } finally {
      cluster.close();
    }
  }

  /** What an attack must not leave behind. */
  @AfterEach
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

  private static long mebibytes() throws IOException {
    return app.liveHeap() >> 20;
  }

  private static int inFlight() throws IOException, InterruptedException {
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
  private void withstands(String name, Wave... waves) throws Exception {
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

  private void isAttacked(String name, long before, List<Wave> waves) throws Exception {
    clients.tailNanos(); // without what was asked while the heap was collected
    try (AttackerProcess attackers = AttackerProcess.start(directory, path, waves)) {
      clients.awaitMore(CLIENTS, Duration.ofSeconds(SECONDS));
      long during = clients.tailNanos();
      long held = mebibytes();
      assertThat(inFlight()).isNotNegative();
      System.out.printf(
          "%s: p99 %.1f ms before, %.1f ms during; live heap %d MiB before, %d MiB during; %s%n",
          name, before / 1e6, during / 1e6, quietMebibytes, held, attackers.stop());
      assertThat(clients.failures()).isEmpty();
      assertThat(held).isLessThan(quietMebibytes + MORE_MEBIBYTES);
      if (TAIL_FACTOR > 0) {
        assertThat((double) during).isLessThanOrEqualTo(TAIL_FACTOR * before);
      }
    }
  }

  private static Wave http(int attackers, Wave.Kind kind) {
    return new Wave(port, attackers, kind);
  }

  @Test
  void floodsOfFramesAndHeads() throws Exception {
    withstands(
        "frames and heads",
        http(2, Kind.UNREAD_REFUSALS),
        http(1, Kind.STREAMS_WITHOUT_LIMIT),
        http(1, Kind.CANCELLED_STREAMS),
        http(1, Kind.PINGS));
  }

  @Test
  void unreadReplies() throws Exception {
    // making replies of 1 MB is the same work for both: what an attacker adds is not to read them
    List<Wave> readers = List.of(http(4, Kind.READ_STREAMS), http(4, Kind.READ_REPLIES));
    List<Wave> others = List.of(http(4, Kind.UNREAD_STREAMS), http(4, Kind.UNREAD_REPLIES));
    try (AttackerProcess honest = AttackerProcess.start(directory, path, readers)) {
      clients.awaitMore(CLIENTS, BEFORE);
      long before = clients.tailNanos();
      System.out.println("the same replies, read: " + honest.stop());
      isAttacked("unread replies", before, others);
    }
  }

  @Test
  void hugeNumbers() throws Exception {
    withstands(
        "huge numbers",
        http(1, Kind.HUGE_EXPONENT_OF_DECIMAL),
        http(1, Kind.HUGE_EXPONENT),
        http(1, Kind.MANY_DIGITS));
  }

  @Test
  void connectionsThatSayNothingOrLittle() throws Exception {
    withstands(
        "idle connections and slow heads",
        http(4, Kind.IDLE_CONNECTIONS),
        http(2, Kind.SLOW_HEADS));
  }

  @Test
  void bodiesThatDoNotEnd() throws Exception {
    withstands(
        "unfinished bodies",
        http(4, Kind.HEADS_WITHOUT_BODIES),
        http(1, Kind.SLOW_BODIES),
        http(2, Kind.STREAMS_WITHOUT_BODIES));
  }

  /** To services and to the admin port alike. */
  @Test
  void faultsOfClientsLeaveNoLineInTheLog() throws Exception {
    for (int faulty : new int[] {port, adminPort}) {
      for (String request :
          List.of(
              "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET / HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
              "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
              "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
              "PATCH " + path + " HTTP/1.1\r\nHost: a\r\n\r\n",
              "POST " + path + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
              "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 2\r\n\r\n",
              "\u0016\u0003\u0001 no HTTP at all\r\n\r\n")) {
        try (RawHttp http = new RawHttp(faulty)) {
          assertThat(http.send(request).receive().status()).isBetween(400, 505);
        }
      }
    }
    assertThat(app.errLines()).hasSize(linesBefore);
  }

  @Test
  void endlessMessagesBetweenNodes() throws Exception {
    withstands(
        "messages between nodes",
        new Wave(cluster.ports(0).get(0), 1, Kind.ENDLESS_MESSAGE),
        new Wave(cluster.ports(0).get(1), 2, Kind.ENDLESS_MESSAGE));
  }
}
