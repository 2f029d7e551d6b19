package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.SampleRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A request that the history on the heap takes note of and that is then finished, sweeps included,
 * beside a queue that it enters and leaves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HistoryBenchmark {
  private static final EpochShare KEY = new EpochShare("benchmark", "query", 1, 0);
  private static final int MOST_UNFINISHED = 128;

  private final EpochHistory history = new HeapEpochHistory();
  private final EpochHistory.Attempt attempt = history.begin(KEY, Replay.UNFINISHED);
  private final Queue<PendingRequest> queue = new ArrayDeque<>();
  private long rounds;

  /** By the history. */
  @Benchmark
  public boolean appendAndFinish() {
    SampleRequest request = new SampleRequest();
    boolean taken = attempt.pulled(request);
    request.finish();
    if (!taken || (++rounds % MOST_UNFINISHED == 0 && history.size() != 0)) {
      throw new IllegalStateException("The history did not take a request, or kept a finished one");
    }
    return taken;
  }

  /** The baseline. */
  @Benchmark
  public PendingRequest queue() {
    SampleRequest request = new SampleRequest();
    queue.add(request);
    PendingRequest first = queue.remove();
    if (first != request) {
      throw new IllegalStateException("got another request than was put in: " + first);
    }
    return first;
  }
}
