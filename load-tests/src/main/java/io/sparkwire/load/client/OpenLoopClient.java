package io.sparkwire.load.client;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends at a constant rate, however slowly the server answers.
 *
 * <p>A request counts as waiting from the moment at which it should have been sent. So a pause of
 * the server shows in all requests that fell into it, and not only in the few that were under way:
 * there is no coordinated omission. Not thread-safe.
 */
public final class OpenLoopClient {

  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Target target;
  private final int connections;
  private final double nanosPerRequest;
  private final Queue<LoadConnection> free = new ArrayDeque<>();
  private final List<LoadConnection> all = new ArrayList<>();
  private final Tally tally = new Tally();
  private Timeline timeline;
  private long begunAt;
  private long sent;
  private long measuredFrom;
  private long value = ValueText.FIRST_VALUE;

  /**
   * @param rate requests per second, more than 0
   */
  public OpenLoopClient(Target target, int connections, double rate) {
    this.target = target;
    this.connections = connections;
    this.nanosPerRequest = TimeUnit.SECONDS.toNanos(1) / rate;
  }

  /**
   * Sends for both durations, and notes what was due in the second.
   *
   * @throws IOException if a connection breaks, or the last replies do not come
   */
  public Run run(Duration warmUp, Duration measured) throws IOException {
    timeline = new Timeline(measured);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        LoadConnection connection = new LoadConnection(target, selector);
        connection.open();
        all.add(connection);
        free.add(connection);
      }
      begunAt = System.nanoTime();
      measuredFrom = begunAt + warmUp.toNanos();
      sendUpTo(measuredFrom, selector);
      tally.startMeasuring();
      sendUpTo(measuredFrom + measured.toNanos(), selector);
      awaitReplies(selector);
      tally.stopMeasuring();
    } finally {
      all.forEach(LoadConnection::close);
    }
    return new Run(tally.report(), timeline);
  }

  /** Sends all that is due before {@code end}, however late. */
  private void sendUpTo(long end, Selector selector) throws IOException {
    while (dueAt(sent) - end < 0) {
      sendDue(end);
      if (selector.selectNow(this::read) == 0) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  private void sendDue(long end) throws IOException {
    long now = Math.min(System.nanoTime(), end - 1);
    while (!free.isEmpty() && dueAt(sent) - now <= 0) {
      free.remove().ask(value++, dueAt(sent));
      sent++;
    }
  }

  private long dueAt(long request) {
    return begunAt + (long) (request * nanosPerRequest);
  }

  private void awaitReplies(Selector selector) throws IOException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (free.size() < connections) {
      if (System.nanoTime() - end > 0) {
        throw new IOException(connections - free.size() + " replies have not come");
      }
      selector.select(this::read, 1);
    }
  }

  private void read(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      connection.read(now -> answered(connection, now));
    } catch (IOException e) {
      key.cancel();
      tally.lost(e.getMessage());
    }
  }

  private void answered(LoadConnection connection, long now) throws IOException {
    timeline.add(connection.askedAt() - measuredFrom, now - connection.askedAt());
    connection.settle(tally, now);
    free.add(connection);
  }

  /** What one run found. */
  public record Run(RunReport report, Timeline timeline) {}
}
