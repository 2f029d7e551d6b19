package io.sparkwire.python;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Where the workers of an environment come from: a process that is started when the first worker
 * is, and again if it has died. Thread-safe.
 */
final class PythonServer implements AutoCloseable {

  private final PythonEnvironment environment;
  private final Duration timeout;
  private ServerProcess process;
  private boolean closed;

  PythonServer(PythonEnvironment environment, Duration timeout) {
    this.environment = environment;
    this.timeout = timeout;
  }

  /**
   * Starts a worker, and waits until its functions are ready for their first batch.
   *
   * @param onEnd is told how it has ended, unless this JVM has demanded that
   * @throws PythonStartException if it does not start
   */
  PythonWorker start(PythonFunctions functions, BiConsumer<PythonWorker, String> onEnd) {
    ServerProcess parent = running();
    PythonWorker worker = parent.fork(timeout, onEnd);
    try {
      worker.load(functions, timeout);
      return worker;
    } catch (WorkerException e) {
      parent.kill(worker.pid());
      worker.end();
      throw StartSentences.notLoaded(functions, e);
    }
  }

  private synchronized ServerProcess running() {
    if (closed) {
      throw new PythonStartException("the Python workers of this node have been closed");
    }
    if (process == null || !process.isAlive()) {
      process = ServerProcess.start(environment, timeout);
    }
    return process;
  }

  /** Kills a worker that may compute. */
  synchronized void kill(PythonWorker worker) {
    process.kill(worker.pid());
    worker.end();
  }

  /** Lets a worker that waits for a batch come to its end, for a second at most. */
  synchronized void end(PythonWorker worker) {
    worker.end();
    process.end(worker.pid());
  }

  /** Lets a worker that another thread uses come to its end, for a second at most. */
  synchronized void endLater(PythonWorker worker) {
    process.end(worker.pid());
  }

  /** Ends all its workers. Does not block. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.close();
    }
  }
}
