package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.LiveHeap;
import io.sparkwire.load.server.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A meter of one point while its servers run.
 *
 * <p>All connections of a throughput run belong to this process, which is warm after the first one;
 * one caller is a process of its own, pinned. Not thread-safe.
 */
final class PointMeter {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SETTLING = Duration.ofMillis(500);
  private static final Duration REST_LIMIT = Duration.ofSeconds(20);
  private static final double CORES_AT_REST = 0.1;
  private static final List<String> ONE_CALLER =
      List.of("latency", "--warm-up=2000", "--requests=4000", "--limit=1");
  private static final double MICROS_PER_MILLI = 1_000;
  private static final double PERCENT = 100;

  private final Fleet fleet;
  private final ClientProcess client;
  private final Duration measured;

  /**
   * @param measured how long a throughput run is measured, after a warm-up of half of it, and an
   *     idle server watched
   */
  PointMeter(Fleet fleet, ClientProcess client, Duration measured) {
    this.fleet = fleet;
    this.client = client;
    this.measured = measured;
  }

  Reading measure(GrowthPoint point, Set<Figure> figures) throws IOException, InterruptedException {
    Map<Figure, Double> found = new EnumMap<>(Figure.class);
    List<RunReport> reports = new ArrayList<>();
    if (figures.contains(Figure.IDLE_CPU)) {
      idle(point, found);
    }
    reports.add(throughput(point, figures.contains(Figure.HEAP), found));
    if (figures.contains(Figure.P50)) {
      Target target = point.targets().get(0);
      RunReport one = client.pinned(fleet.pid(point.server()), target, ONE_CALLER);
      found.put(Figure.P50, one.latencies().p50());
      reports.add(one);
    }
    return new Reading(found, reports);
  }

  /** Waits until servers have done what they do after their start, but not for ever. */
  void awaitRest(List<Contestant> servers) throws IOException, InterruptedException {
    long end = System.nanoTime() + REST_LIMIT.toNanos();
    Usage usage = new Usage(fleet, servers);
    do {
      usage.begin();
      Thread.sleep(SETTLING.toMillis());
      usage.end();
    } while (usage.cores() > CORES_AT_REST * servers.size() && System.nanoTime() - end < 0);
  }

  /** Drives servers that have only just been started, for twice as long. */
  RunReport warmUp(GrowthPoint point) throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(ClosedLoopOptions.DEFAULT_CONNECTIONS, measured, measured, TIMEOUT);
    return new ClosedLoopClient(point.targets(), options).run();
  }

  private RunReport throughput(GrowthPoint point, boolean heap, Map<Figure, Double> found)
      throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(point.connections(), measured.dividedBy(2), measured, TIMEOUT);
    Usage usage = new Usage(fleet, point.servers());
    RunReport report =
        new ClosedLoopClient(point.targets(), options)
            .run(
                usage::begin,
                () -> {
                  usage.end();
                  if (heap) {
                    found.put(Figure.HEAP, (double) LiveHeap.kibibytes(fleet.pid(point.server())));
                  }
                });
    found.put(Figure.RATE, report.requestsPerSecond());
    found.put(Figure.WAIT, report.latencies().p50() / MICROS_PER_MILLI);
    found.put(Figure.TAIL, report.latencies().p99() / MICROS_PER_MILLI);
    found.put(Figure.CPU, usage.cpuMicros() / report.right());
    found.put(Figure.BYTES, (double) usage.bytes() / report.right());
    return report;
  }

  private void idle(GrowthPoint point, Map<Figure, Double> found)
      throws IOException, InterruptedException {
    Thread.sleep(SETTLING.toMillis());
    Usage usage = new Usage(fleet, point.servers());
    usage.begin();
    Thread.sleep(measured.toMillis());
    usage.end();
    found.put(Figure.IDLE_CPU, PERCENT * usage.cores() / point.servers().size());
    found.put(Figure.IDLE_BYTES, usage.bytes() / usage.seconds());
  }
}
