package io.sparkwire.load;

import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.server.LiveHeap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process of this machine holds on to: samples at even distances, of which the first third
 * is compared with the last. Thread-safe.
 */
final class SoakSamples implements AutoCloseable {

  private static final int SAMPLES = 15;
  private static final double MOST_HEAP = 1.1;
  private static final int FURTHER_THREADS = 5;
  private static final int FURTHER_FILES = 20;
  private static final int KIBI = 1_024;

  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param heap live, in KiB
   * @param resident in KiB
   */
  private record Sample(long heap, long resident, long threads, long files) {

    static Sample of(long pid) throws IOException {
      Path process = Path.of("/proc/" + pid);
      List<String> status = Files.readAllLines(process.resolve("status"));
      try (Stream<Path> open = Files.list(process.resolve("fd"))) {
        return new Sample(
            LiveHeap.kibibytes(pid),
            field(status, "VmRSS:"),
            field(status, "Threads:"),
            open.count());
      }
    }

    private static long field(List<String> status, String name) {
      String line = status.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    }
  }

  private SoakSamples() {}

  /** Begins to take samples of a process, so many that they fill that time. */
  static SoakSamples start(long pid, int minutes) {
    SoakSamples samples = new SoakSamples();
    long millis = TimeUnit.MINUTES.toMillis(minutes) / SAMPLES;
    ScheduledFuture<?> unused =
        samples.thread.scheduleAtFixedRate(
            () -> samples.take(pid), millis, millis, TimeUnit.MILLISECONDS);
    return samples;
  }

  private void take(long pid) {
    try {
      samples.add(Sample.of(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The medians of each third. */
  String table() {
    List<List<String>> rows = new ArrayList<>();
    for (int third = 0; third < 3; third++) {
      rows.add(
          List.of(
              List.of("first third", "second third", "last third").get(third),
              "" + median(third, Sample::heap) / KIBI,
              "" + median(third, Sample::resident) / KIBI,
              "" + median(third, Sample::threads),
              "" + median(third, Sample::files)));
    }
    List<String> titles = List.of("", "live heap, MiB", "resident, MiB", "threads", "files");
    return new MarkdownTable(titles, rows).text();
  }

  /** Whether the last third holds on to no more than the first, but for some tolerance. */
  boolean areFlat() {
    return samples.size() >= SAMPLES - 2
        && median(2, Sample::heap) <= MOST_HEAP * median(0, Sample::heap)
        && median(2, Sample::threads) <= median(0, Sample::threads) + FURTHER_THREADS
        && median(2, Sample::files) <= median(0, Sample::files) + FURTHER_FILES;
  }

  private long median(int third, ToLongFunction<Sample> value) {
    List<Sample> all = List.copyOf(samples);
    List<Sample> some = all.subList(third * all.size() / 3, (third + 1) * all.size() / 3);
    return some.stream().mapToLong(value).sorted().skip(some.size() / 2).findFirst().orElse(-1);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
