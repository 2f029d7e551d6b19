package io.sparkwire.intake;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.SampleRequest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A request through the intake, in at one end and out at the other on one thread, beside an {@link
 * ArrayBlockingQueue}.
 *
 * <p>Waking a parked thread is left out: that is the kernel's time and not ours.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOffBenchmark {
  private static final int CAPACITY = 1024;

  private final Intake intake = new Intake("benchmark", CAPACITY, task -> {});
  private final Intake.Waiter reader = intake.enter();
  private final BlockingQueue<PendingRequest> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final PendingRequest request = new SampleRequest();

  /** By the intake. */
  @Benchmark
  public PendingRequest intake() {
    intake.offer(request);
    return checked(intake.poll());
  }

  /** The baseline. */
  @Benchmark
  public PendingRequest blockingQueue() {
    queue.offer(request);
    return checked(queue.poll());
  }

  private PendingRequest checked(PendingRequest taken) {
    if (taken != request || reader == null) {
      throw new IllegalStateException("got another request than was put in: " + taken);
    }
    return taken;
  }
}
