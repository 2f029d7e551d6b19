package io.sparkwire.onnx.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * An open network, shared by the tasks of a JVM.
 *
 * <p>It is closed when the last run has ended, because native code would otherwise read memory that
 * is no longer there. Thread-safe.
 */
public final class SharedSession {

  private final OrtSession session;
  private final NetworkSignature signature;
  private final Semaphore cores;

  @GuardedBy("this")
  private int runs;

  @GuardedBy("this")
  private boolean ended;

  private SharedSession(OrtSession session, NetworkSignature signature, int concurrency) {
    this.session = session;
    this.signature = signature;
    this.cores = new Semaphore(concurrency, true);
  }

  /**
   * Opens a network.
   *
   * @throws IllegalArgumentException if it is none that ONNX Runtime can compute; says why
   */
  static SharedSession open(byte[] network, SessionSettings settings) {
    try (var options = settings.options()) {
      OrtSession session = OrtEnvironment.getEnvironment().createSession(network, options);
      try {
        return new SharedSession(session, NetworkSignature.of(session), settings.concurrency());
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new IllegalArgumentException("the network cannot be opened: " + e.getMessage(), e);
    }
  }

  public NetworkSignature signature() {
    return signature;
  }

  /** What is made of the results of a run, while they are there. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Result results) throws OrtException;
  }

  /**
   * Computes the network. Waits while as many runs as there are cores for are in progress. Blocks.
   *
   * @throws IllegalStateException if the session has ended
   */
  public <T> T run(Map<String, OnnxTensor> inputs, Set<String> outputs, Reader<T> reader)
      throws OrtException, InterruptedException {
    enter();
    try (Result results = computed(inputs, outputs)) {
      return reader.read(results);
    } finally {
      leave();
    }
  }

  private Result computed(Map<String, OnnxTensor> inputs, Set<String> outputs)
      throws OrtException, InterruptedException {
    cores.acquire();
    try {
      return session.run(inputs, outputs);
    } finally {
      cores.release();
    }
  }

  private synchronized void enter() {
    if (ended) {
      throw new IllegalStateException("the network has been closed with its service");
    }
    runs++;
  }

  private synchronized void leave() {
    runs--;
    closeIfUnused();
  }

  /** Lets no other run begin. */
  synchronized void end() {
    ended = true;
    closeIfUnused();
  }

  @GuardedBy("this")
  private void closeIfUnused() {
    if (ended && runs == 0) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close a network", e);
      }
    }
  }
}
