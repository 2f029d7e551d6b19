package io.sparkwire.httpclient;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A benchmark of a batch of calls to one service: rows in order, rows as they get ready, and the
 * same calls by a bare Vert.x client, in alternation and in one JVM.
 *
 * <p>Prints a line for each run, which {@code load-tests/bench calls} reads. A wrong answer, a lost
 * row or a row out of order ends it with a failure. Arguments: the URL of a service that echoes,
 * rounds, partitions, and then for each concurrency the same and a number of rows, as in {@code
 * 64:50000}.
 */
final class CallThroughput {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int partitions;
  private final SparkCalls calls;
  private final List<Kind> kinds;

  private CallThroughput(SparkSession spark, BareCalls bare, String url, int partitions) {
    this.partitions = partitions;
    this.calls = new SparkCalls(spark, url, partitions);
    this.kinds =
        List.of(
            new Kind("any-order", load -> calls.run(load, false, HeapMeasurement.NONE)),
            new Kind("ordered", load -> calls.run(load, true, HeapMeasurement.NONE)),
            new Kind("bare", load -> bare.run(load, partitions)));
  }

  /** So many rows with so many calls in flight per partition. */
  record Load(int concurrency, long rows) {

    static Load parse(String text) {
      String[] parts = text.split(":", 2);
      return new Load(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }
  }

  /** One way to make calls. */
  private record Kind(String name, Batch batch) {}

  /** Makes the calls of a load, and throws if an answer is not right. */
  private interface Batch {
    void run(Load load);
  }

  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[1]);
    int partitions = Integer.parseInt(args[2]);
    List<Load> loads = Stream.of(args).skip(3).map(Load::parse).toList();
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + partitions + "]")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
    try (BareCalls bare = new BareCalls(args[0])) {
      CallThroughput throughput = new CallThroughput(spark, bare, args[0], partitions);
      for (Load load : loads) {
        for (int round = 0; round <= rounds; round++) { // the first one finds a cold JVM
          throughput.round(load, round);
        }
        throughput.heap(load);
      }
    } finally {
      spark.stop();
    }
  }

  private void round(Load load, int round) {
    for (int turn = 0; turn < kinds.size(); turn++) {
      measure(kinds.get((turn + round) % kinds.size()), load, round);
    }
  }

  /** Separate runs, because measuring the heap takes time. */
  private void heap(Load load) {
    long rows = load.rows() / partitions;
    calls.run(load, false, new HeapMeasurement("any-order", load.concurrency(), rows));
    calls.run(load, true, new HeapMeasurement("ordered", load.concurrency(), rows));
  }

  private static void measure(Kind kind, Load load, int round) {
    System.gc(); // what was before is not to slow this one
    Lapse wall = new Lapse(System::nanoTime);
    Lapse cpu = new Lapse(SYSTEM::getProcessCpuTime);
    kind.batch().run(load);
    System.out.printf(
        Locale.ROOT,
        "run %s %d %d %d %.3f %.3f%n",
        kind.name(),
        load.concurrency(),
        load.rows(),
        round,
        wall.seconds(),
        cpu.seconds());
  }

  /** A clock of nanoseconds since its making. */
  private static final class Lapse {

    private final LongSupplier nanos;
    private final long begin;

    Lapse(LongSupplier nanos) {
      this.nanos = nanos;
      this.begin = nanos.getAsLong();
    }

    double seconds() {
      return (double) (nanos.getAsLong() - begin) / TimeUnit.SECONDS.toNanos(1);
    }
  }
}
