package io.sparkwire.python;

import io.sparkwire.log.Event;
import io.sparkwire.thread.DaemonThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one {@link PythonFunctions} on this node.
 *
 * <p>It keeps as many as it was asked for: one that dies, or is discarded, is replaced by another
 * in the background. Thread-safe.
 */
public final class PythonPool {

  private static final Logger LOG = LoggerFactory.getLogger(PythonPool.class);
  private static final Executor STARTS =
      work -> DaemonThreads.start("sparkwire-python-start", work);
  private static final int LONGEST_PAUSE_SECONDS = 30;

  private final PythonServer server;
  private final PythonFunctions functions;
  private final Object growth = new Object();
  private final Deque<PythonWorker> idle = new ArrayDeque<>();
  private final Map<Long, PythonWorker> workers = new HashMap<>();
  private int size;
  private boolean closed;

  PythonPool(PythonServer server, PythonFunctions functions) {
    this.server = server;
    this.functions = functions;
  }

  /**
   * Adds workers until there are as many, and waits until all are ready.
   *
   * @throws PythonStartException if one of them does not start; then there are as many as before
   */
  void grow(int atLeast) {
    synchronized (growth) {
      int missing = atLeast - size();
      if (missing > 0) {
        startAll(missing).forEach(this::add);
        synchronized (this) {
          size += missing;
        }
      }
    }
  }

  private List<PythonWorker> startAll(int count) {
    List<CompletableFuture<PythonWorker>> starts =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::start, STARTS))
            .limit(count)
            .toList();
    List<PythonWorker> started = new ArrayList<>();
    PythonStartException failure = null;
    for (CompletableFuture<PythonWorker> start : starts) {
      try {
        started.add(start.join());
      } catch (CompletionException e) {
        failure = StartSentences.of(e.getCause());
      }
    }
    if (failure != null) {
      started.forEach(server::end);
      throw failure;
    }
    return started;
  }

  private PythonWorker start() {
    return server.start(functions, this::lost);
  }

  private void lost(PythonWorker worker, String how) {
    if (forget(worker)) {
      Event.PYTHON_WORKER_LOST.warn(LOG, "{} has ended {}; another one starts", worker, how);
      replace(1);
    }
  }

  /** Returns whether it must be replaced. */
  private synchronized boolean forget(PythonWorker worker) {
    if (idle.remove(worker)) {
      worker.end(); // otherwise the thread that has taken it discards it
    }
    return workers.remove(worker.pid(), worker) && !closed;
  }

  private void replace(int pause) {
    STARTS.execute(
        () -> {
          try {
            add(start());
          } catch (RuntimeException e) {
            replaceLater(pause, StartSentences.of(e));
          }
        });
  }

  private void replaceLater(int pause, PythonStartException failure) {
    if (!isClosed()) {
      Event.PYTHON_WORKER_NOT_STARTED.warn(
          LOG, failure, "a Python worker is missing, and the next try follows in {} s", pause);
      int next = Math.min(2 * pause, LONGEST_PAUSE_SECONDS);
      CompletableFuture.delayedExecutor(pause, TimeUnit.SECONDS).execute(() -> replace(next));
    }
  }

  private void add(PythonWorker worker) {
    if (!enter(worker)) {
      server.end(worker);
    }
  }

  private synchronized boolean enter(PythonWorker worker) {
    if (!closed) {
      workers.put(worker.pid(), worker);
      idle.push(worker);
      notifyAll();
    }
    return !closed;
  }

  /**
   * A worker that no other thread uses, preferably the one given back last. Blocks until there is
   * one.
   *
   * @throws IllegalStateException if the pool has been closed, because no owner is left
   */
  public synchronized PythonWorker take() throws InterruptedException {
    while (idle.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      throw new IllegalStateException("these Python workers have been closed");
    }
    return idle.pop();
  }

  /** Returns a worker: all that was sent to it must have been received, or its run have ended. */
  public void giveBack(PythonWorker worker) {
    try {
      if (worker.ended()) {
        worker.restart();
      }
      if (!returned(worker)) {
        server.end(worker);
      }
    } catch (WorkerLostException e) {
      discard(worker);
    }
  }

  private synchronized boolean returned(PythonWorker worker) {
    boolean known = workers.containsValue(worker) && !closed;
    if (known) {
      idle.push(worker);
      notifyAll();
    }
    return known;
  }

  /** Kills a worker that was taken, and has another one started. Does not block. */
  public void discard(PythonWorker worker) {
    server.kill(worker);
    if (forget(worker)) {
      replace(1);
    }
  }

  /** How many workers it keeps. */
  public synchronized int size() {
    return size;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all workers; those that are used have a second. Does not block. */
  void close() {
    List<PythonWorker> waiting;
    List<PythonWorker> used;
    synchronized (this) {
      closed = true;
      waiting = List.copyOf(idle);
      used = workers.values().stream().filter(worker -> !idle.contains(worker)).toList();
      notifyAll();
    }
    waiting.forEach(server::end);
    used.forEach(server::endLater);
  }
}
