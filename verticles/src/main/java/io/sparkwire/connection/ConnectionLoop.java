package io.sparkwire.connection;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections of one event loop, and the one timer for all their time-outs.
 *
 * <p>Those without a request wait in a doubly linked list, in the order in which they began to
 * wait; one with a request is not in it. The timer runs only while there is something to check.
 * Runs on: event loop, but for {@link #makeRoom}. Not thread-safe.
 */
public final class ConnectionLoop {

  private static final long NANOS_BEFORE_ROOM = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PERIOD_MILLIS = 1_000;
  private static final long SHORTEST_PERIOD_MILLIS = 10;

  private final EventLoop eventLoop;
  private final Connections connections;
  private final List<Sweeper> sweepers = new ArrayList<>();
  private final AtomicBoolean makingRoom = new AtomicBoolean();
  private Connection first;
  private Connection last;
  private int open;
  private long periodMillis = LONGEST_PERIOD_MILLIS;
  private long lately;
  private ScheduledFuture<?> armed;

  ConnectionLoop(EventLoop eventLoop, Connections connections) {
    this.eventLoop = eventLoop;
    this.connections = connections;
    sweeps(this::sweepConnections, connections.limits().headTimeout());
    looksOften(connections.limits().idleTimeout());
  }

  /**
   * Adds a check, which runs whenever it is {@link #needed}, and often enough for this time-out.
   */
  public void sweeps(Sweeper sweeper, Duration timeout) {
    sweepers.add(sweeper);
    looksOften(timeout);
  }

  private void looksOften(Duration timeout) {
    long period = Math.max(SHORTEST_PERIOD_MILLIS, timeout.toMillis() / 4);
    periodMillis = Math.min(periodMillis, period);
  }

  /** There is something to check. */
  public void needed() {
    if (armed == null) {
      armed = eventLoop.schedule(this::sweep, periodMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    armed = null;
    lately = System.nanoTime();
    boolean more = false;
    for (Sweeper sweeper : sweepers) {
      more |= sweeper.sweep(lately);
    }
    if (more) {
      needed();
    }
  }

  private boolean sweepConnections(long now) {
    Connection next;
    for (Connection c = first; c != null; c = next) {
      next = c.later;
      if (c.isOverdue(now)) {
        connections.timedOut();
        c.close();
      }
    }
    return open > 0;
  }

  /**
   * Closes what has waited for a second, as long as there is a crowd, and what has never had a
   * request, as long as there is next to no room. Runs on: any thread.
   */
  void makeRoom() {
    if (!makingRoom.get() && makingRoom.compareAndSet(false, true)) {
      eventLoop.execute(this::closeOldest);
    }
  }

  private void closeOldest() {
    makingRoom.set(false);
    long period = TimeUnit.MILLISECONDS.toNanos(periodMillis);
    long before = System.nanoTime() - NANOS_BEFORE_ROOM - period; // lately() is as old as that
    Connection next;
    for (Connection c = first; c != null; c = next) {
      next = c.later;
      if (isInTheWay(c, c.since() - before <= 0)) {
        connections.madeRoomByOne();
        c.close();
      }
    }
  }

  private boolean isInTheWay(Connection c, boolean hasWaited) {
    boolean inTheWay =
        hasWaited
            ? connections.isCrowded(c.peer())
            : !c.hasServed() && connections.isNearlyFull(c.peer());
    return inTheWay && !c.isWriting();
  }

  void opened(Connection connection) {
    if (open++ == 0) {
      lately = System.nanoTime(); // nothing has swept for a while
    }
    waits(connection);
    needed();
  }

  void closed() {
    open--;
  }

  /**
   * The time by the clock of {@link System#nanoTime}, behind it by the period of the timer at most,
   * so that no request has to read the clock.
   */
  long lately() {
    return lately;
  }

  void waits(Connection connection) {
    connection.earlier = last;
    if (last == null) {
      first = connection;
    } else {
      last.later = connection;
    }
    last = connection;
  }

  void waitsNoMore(Connection connection) {
    if (connection.earlier == null) {
      first = connection.later;
    } else {
      connection.earlier.later = connection.later;
    }
    if (connection.later == null) {
      last = connection.earlier;
    } else {
      connection.later.earlier = connection.earlier;
    }
    connection.earlier = null;
    connection.later = null;
  }
}
