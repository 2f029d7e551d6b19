package io.sparkwire.onnx.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.thread.DaemonThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The open networks of a JVM: one session for each network, whatever number of tasks computes it,
 * for as long as it has an owner.
 *
 * <p>Thread-safe.
 */
public final class Sessions {

  /** How long a session stays open that a task has used, for the task that comes next. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /**
   * Those of this JVM. Tasks share them, and Spark makes tasks by deserialisation, so they have no
   * other way to find them.
   */
  public static final Sessions OF_JVM = new Sessions(IDLE);

  /*
   * An entry is in the map while it has owners, or may get another one soon. All changes of owners
   * are made under the lock of this object. A network is opened under the lock of its entry alone:
   * that may take seconds, and others should not wait. The entry has an owner by then, so it is not
   * taken out of the map meanwhile.
   */

  private final Duration idle;
  private final LongAdder opened = new LongAdder();

  @GuardedBy("this")
  private final Map<NetworkId, Entry> entries = new HashMap<>();

  @GuardedBy("this")
  private ScheduledThreadPoolExecutor closing;

  /**
   * @param idle how long a session without an owner stays open where it may get another one
   */
  Sessions(Duration idle) {
    this.idle = idle;
  }

  private final class Entry {

    /** Guarded by the lock of all. */
    private final Set<Object> owners = new HashSet<>();

    /** Counts the owners that have come, so that one in between is seen. Guarded by the same. */
    private long arrivals;

    private SharedSession session;

    synchronized SharedSession session(Supplier<byte[]> network, SessionSettings settings) {
      if (session == null) {
        session = SharedSession.open(network.get(), settings);
        opened.increment();
      }
      return session;
    }

    synchronized void end() {
      if (session != null) {
        session.end();
      }
    }
  }

  /**
   * The session of a network, which is opened if it is not open. Blocks.
   *
   * @param network its bytes, if they are needed
   * @param owner for which it stays open until {@link #release}, which must follow even if it could
   *     not be opened
   * @throws IllegalArgumentException if the network cannot be opened; says why
   */
  public SharedSession acquire(NetworkId id, Supplier<byte[]> network, Object owner) {
    return entered(id, owner).session(network, id.settings());
  }

  private synchronized Entry entered(NetworkId id, Object owner) {
    Entry entry = entries.computeIfAbsent(id, opened -> new Entry());
    entry.owners.add(owner);
    entry.arrivals++;
    return entry;
  }

  /**
   * Gives back a session. Does nothing if that owner has none of that network.
   *
   * @param recurs whether another owner is likely to need it soon
   */
  public void release(NetworkId id, Object owner, boolean recurs) {
    Entry unused = left(id, owner, recurs);
    if (unused != null) {
      unused.end();
    }
  }

  /** The entry that is no longer there; null if it stays. */
  @SuppressWarnings("FutureReturnValueIgnored") // closing a network does not fail
  private synchronized Entry left(NetworkId id, Object owner, boolean recurs) {
    Entry entry = entries.get(id);
    if (entry == null || !entry.owners.remove(owner) || !entry.owners.isEmpty()) {
      return null;
    }
    if (recurs) {
      long arrivals = entry.arrivals;
      closing().schedule(() -> close(id, entry, arrivals), idle.toNanos(), TimeUnit.NANOSECONDS);
      return null;
    }
    entries.remove(id);
    return entry;
  }

  private void close(NetworkId id, Entry entry, long arrivals) {
    synchronized (this) {
      if (entries.get(id) != entry || entry.arrivals != arrivals) {
        return;
      }
      entries.remove(id);
    }
    entry.end();
  }

  @GuardedBy("this")
  private ScheduledThreadPoolExecutor closing() {
    if (closing == null) {
      closing = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("sparkwire-networks"));
      closing.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
      closing.allowCoreThreadTimeOut(true);
    }
    return closing;
  }

  /** How many sessions have been opened since the JVM began. */
  public long opened() {
    return opened.sum();
  }

  /** Whether a network is open, or about to be. */
  public synchronized boolean isOpen(NetworkId id) {
    return entries.containsKey(id);
  }

  /**
   * What a network reads and gives.
   *
   * @throws IllegalArgumentException if it is none that ONNX Runtime can compute; says why
   */
  public static NetworkSignature signature(byte[] network) {
    SharedSession session = SharedSession.open(network, SessionSettings.SIGNATURE);
    session.end();
    return session.signature();
  }
}
