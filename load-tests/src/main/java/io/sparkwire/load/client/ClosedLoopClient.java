package io.sparkwire.load.client;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client with many connections that keeps exactly one request outstanding on each.
 *
 * <p>Its connections are spread evenly over what it is to ask. It measures throughput and checks
 * every reply: one with another request's value is wrong, one that does not arrive within the
 * time-out is lost. A connection that lost a reply, or sent what cannot be read, is replaced by a
 * new one. One thread and one selector serve all connections, because the client shares the machine
 * with the server and must stay the cheaper of the two. Not thread-safe.
 */
public final class ClosedLoopClient {
  private static final long SWEEP_MILLIS = 50;

  private final List<? extends QuestionSource> targets;
  private final ClosedLoopOptions options;
  private final List<LoadConnection> connections = new ArrayList<>();
  private final List<LoadConnection> broken = new ArrayList<>();
  private final Tally tally = new Tally();
  private long value = ValueText.FIRST_VALUE;
  private long sweptAt = System.nanoTime();
  private boolean asking = true;

  public ClosedLoopClient(Target target, ClosedLoopOptions options) {
    this(List.of(target), options);
  }

  public ClosedLoopClient(List<Target> targets, ClosedLoopOptions options) {
    this(options, targets);
  }

  private ClosedLoopClient(ClosedLoopOptions options, List<? extends QuestionSource> targets) {
    this.targets = targets;
    this.options = options;
  }

  /**
   * A client that sends requests which another program has written down.
   *
   * @param directory with pairs of files {@code NAME.request}, which has header fields, an empty
   *     line and the body, and {@code NAME.reply}, the body of the right reply
   * @throws IOException if one cannot be read
   */
  public static ClosedLoopClient ofRecorded(Path directory, URI url, ClosedLoopOptions options)
      throws IOException {
    return new ClosedLoopClient(options, RecordedExchange.in(directory, url));
  }

  /**
   * A client whose connections each send all of these requests in turns.
   *
   * @param directory as for {@link #ofRecorded}
   * @param tolerance by which the numbers of a right reply, which is JSON, may be off
   * @throws IOException if a file cannot be read
   */
  public static ClosedLoopClient inTurns(
      Path directory, URI url, double tolerance, ClosedLoopOptions options) throws IOException {
    return new ClosedLoopClient(options, List.of(RecordedTurns.in(directory, url, "", tolerance)));
  }

  /**
   * Warms up, measures, and waits for what is still outstanding.
   *
   * @throws IOException if the server does not accept a connection
   */
  public RunReport run() throws IOException {
    return run(() -> {}, () -> {});
  }

  /**
   * The same, with callbacks for a caller that measures the server too.
   *
   * @param begun is called when measuring begins
   * @param ended is called when it has ended and all connections are still open
   * @throws IOException if the server does not accept a connection
   */
  public RunReport run(Measurement begun, Measurement ended) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < options.connections(); i++) {
        LoadConnection connection = new LoadConnection(targets.get(i % targets.size()), selector);
        connections.add(connection);
        open(connection);
      }
      pumpFor(selector, options.warmUp());
      begun.sample();
      tally.startMeasuring();
      pumpFor(selector, options.measured());
      tally.stopMeasuring();
      ended.sample();
      asking = false;
      while (connections.stream().anyMatch(LoadConnection::isWaiting)) {
        pump(selector);
      }
    } finally {
      connections.forEach(LoadConnection::close);
    }
    return tally.report();
  }

  private void pumpFor(Selector selector, Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      pump(selector);
    }
  }

  private void pump(Selector selector) throws IOException {
    selector.select(this::read, SWEEP_MILLIS);
    long now = System.nanoTime();
    if (now - sweptAt >= TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS)) {
      sweptAt = now;
      sweep(now);
    }
    if (!broken.isEmpty()) {
      replaceBroken();
    }
  }

  private void read(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      connection.read(now -> answered(connection, now));
    } catch (ProtocolException e) {
      tally.unreadable(e.getMessage());
      broken.add(connection);
    } catch (IOException e) {
      // Nothing is lost when the server closes a connection that has its last reply.
      if (connection.isWaiting()) {
        tally.lost(e.getMessage());
      }
      broken.add(connection);
    }
  }

  private void answered(LoadConnection connection, long now) throws IOException {
    connection.settle(tally, now);
    if (asking) {
      connection.ask(value++, now);
    }
  }

  private void sweep(long now) {
    for (LoadConnection connection : connections) {
      if (connection.hasWaited(now, options.timeout()) && !broken.contains(connection)) {
        tally.lost("no reply within " + options.timeout());
        broken.add(connection);
      }
    }
  }

  private void replaceBroken() throws IOException {
    for (LoadConnection connection : broken) {
      connection.close();
      if (asking) {
        open(connection);
      }
    }
    broken.clear();
  }

  private void open(LoadConnection connection) throws IOException {
    connection.open();
    connection.ask(value++, System.nanoTime());
  }

  /** A measurement of the server from outside. */
  public interface Measurement {
    void sample() throws IOException;
  }
}
