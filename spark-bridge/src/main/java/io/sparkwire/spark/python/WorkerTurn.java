package io.sparkwire.spark.python;

import io.sparkwire.python.PythonException;
import io.sparkwire.python.PythonPool;
import io.sparkwire.python.PythonWorker;
import io.sparkwire.python.WorkerException;
import io.sparkwire.python.WorkerLostException;
import io.sparkwire.spark.batch.Batch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The use of one worker by a task, for as long as rows are queued and until others may want it.
 *
 * <p>Two batches are in flight at most: while one is computed, the next is on its way. Runs on: the
 * task's thread of batches. Not thread-safe.
 */
final class WorkerTurn {

  private static final int MOST_IN_FLIGHT = 2;

  /** Then another task may have the worker. */
  private static final int MOST_BATCHES = 32;

  private final PythonPool pool;
  private final PythonWorker worker;
  private final BatchWork work;
  private final Deque<Batch> sent = new ArrayDeque<>();
  private int batches;
  private boolean broken;

  WorkerTurn(PythonWorker worker, PythonPool pool, BatchWork work) {
    this.worker = worker;
    this.pool = pool;
    this.work = work;
  }

  /** Computes a batch, and what is queued meanwhile. */
  void run(Batch first) {
    boolean ended = false;
    try {
      send(first);
      while (!sent.isEmpty() && !broken) {
        sendMore();
        receive();
      }
      ended = !broken;
    } catch (RuntimeException e) { // the task cannot go on
      takeSent().forEach(batch -> work.failTask(batch, e));
    } finally {
      if (ended) {
        pool.giveBack(worker);
      } else {
        pool.discard(worker);
      }
    }
  }

  private void sendMore() {
    while (!broken && sent.size() < MOST_IN_FLIGHT && batches < MOST_BATCHES) {
      Batch next = work.batches().poll();
      if (next == null) {
        return;
      }
      send(next);
    }
  }

  private void send(Batch batch) {
    batches++;
    try {
      worker.send(work.encode(batch, WorkerRun.of(worker)));
      sent.add(batch);
    } catch (WorkerLostException e) { // it has ended before it got this one
      broken = true;
      work.lost(sent.isEmpty() ? List.of(batch) : with(batch), sent.isEmpty() ? null : e);
      sent.clear();
    } catch (IOException | RuntimeException e) { // a row that cannot be sent
      work.failed(batch, e);
    }
  }

  private List<Batch> with(Batch last) {
    List<Batch> all = new ArrayList<>(sent);
    all.add(last);
    return all;
  }

  private void receive() {
    if (sent.isEmpty() || broken) {
      return;
    }
    byte[] output;
    WorkerRun run = WorkerRun.of(worker);
    try {
      output = worker.receive(work.timeoutNanos());
    } catch (PythonException e) {
      work.lost(takeSent(), e);
      restart();
      return;
    } catch (WorkerException e) {
      broken = true;
      work.lost(takeSent(), e);
      return;
    }
    Batch done = sent.poll();
    if (worker.ended()) {
      work.again(takeSent());
      restart();
    }
    sendMore();
    work.finish(done, output, run);
  }

  private List<Batch> takeSent() {
    List<Batch> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  private void restart() {
    try {
      worker.restart();
    } catch (WorkerLostException e) {
      broken = true;
    }
  }
}
