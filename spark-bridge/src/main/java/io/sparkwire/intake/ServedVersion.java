package io.sparkwire.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.message.PendingRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One version of a service's pipeline on this node: its intake, and the readers that take from it.
 *
 * <p>Thread-safe.
 */
public final class ServedVersion {

  /** The number of the version that a service starts with. */
  public static final int FIRST = 1;

  private final Intake intake;
  private final Map<Integer, Integer> openReaders = new ConcurrentHashMap<>();
  private final Map<Integer, Long> timesOpened = new ConcurrentHashMap<>();
  private final Set<String> queries = ConcurrentHashMap.newKeySet();
  private volatile boolean drained;

  /** What is to be done at the end, by whose work it is; null once that is done. */
  @GuardedBy("this")
  private Map<Object, Runnable> atEnd = new HashMap<>();

  ServedVersion(Intake intake) {
    this.intake = intake;
  }

  /** Takes a request in, whether or not it is the current version; refuses it if it is full. */
  public void take(PendingRequest request) {
    if (!intake.offer(request)) {
      Dispatcher.refuse(request);
    }
  }

  /**
   * Sets what is to be done once no reader takes its requests any more, at once if that is so.
   *
   * @param work whose end it is; of one work only the last action is done
   */
  public void atEnd(Object work, Runnable action) {
    if (!isNoted(work, action)) {
      action.run();
    }
  }

  private synchronized boolean isNoted(Object work, Runnable action) {
    if (atEnd != null) {
      atEnd.put(work, action);
    }
    return atEnd != null;
  }

  /** No reader takes its requests any more. */
  void end() {
    actionsAtEnd().forEach(Runnable::run);
  }

  private synchronized List<Runnable> actionsAtEnd() {
    List<Runnable> actions = atEnd == null ? List.of() : List.copyOf(atEnd.values());
    atEnd = null;
    return actions;
  }

  public Intake intake() {
    return intake;
  }

  void readBy(String query) {
    queries.add(query);
  }

  /** The queries that have read from it, as the history names them. */
  public Set<String> queries() {
    return queries;
  }

  /** A reader of a query replica begins to hand over requests as they come. */
  public void readerOpened(int replica) {
    drained = false;
    openReaders.merge(replica, 1, Integer::sum);
    timesOpened.merge(replica, 1L, Long::sum);
  }

  public void readerClosed(int replica) {
    openReaders.computeIfPresent(replica, (r, open) -> open == 1 ? null : open - 1);
  }

  /** How often readers of each query replica have opened. */
  public Map<Integer, Long> timesOpened() {
    return Map.copyOf(timesOpened);
  }

  /** How many readers are open. */
  public int openReaders() {
    return openReaders.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether another replica than that has an open reader. */
  public boolean isOpenElsewhere(int replica) {
    return openReaders.keySet().stream().anyMatch(other -> other != replica);
  }

  /** Lets open epochs end now and no other begin. Called before the queries are stopped. */
  public void endEpochs() {
    intake.end();
  }

  /**
   * A reader found that replies leave in another task than its own, so its epochs must end by
   * themselves.
   */
  public void readerDrained() {
    drained = true;
  }

  /** Whether epochs are drained: one should begin only when requests are queued. */
  public boolean drained() {
    return drained;
  }
}
