package io.sparkwire.onnx.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.Serializable;

/**
 * How a network is computed. Immutable.
 *
 * @param threads that share the work of one operator, from 1; 0 for one on each core
 * @param provider what computes it
 * @param optimization how far ONNX Runtime changes the network before it computes it
 */
public record SessionSettings(int threads, ExecutionProvider provider, OptLevel optimization)
    implements Serializable {

  /** What computes networks: the processor, or a graphics card of NVIDIA. */
  public enum ExecutionProvider {
    CPU,
    /** Needs {@code onnxruntime_gpu} on the class path, before other jars. */
    CUDA
  }

  /**
   * Where weights are that are in other files than the network: by default, where the JVM works.
   */
  private static final String WEIGHTS_FOLDER =
      "session.model_external_initializers_file_folder_path";

  /** A network is not to read files of this machine. */
  private static final String NO_FOLDER = "/dev/null";

  /** For a session that only tells the signature of its network. */
  static final SessionSettings SIGNATURE =
      new SessionSettings(1, ExecutionProvider.CPU, OptLevel.NO_OPT);

  /**
   * @throws IllegalArgumentException if the number of threads is negative
   */
  public SessionSettings {
    if (threads < 0) {
      throw new IllegalArgumentException("threads must be 0 or more, got " + threads);
    }
  }

  /** How many runs at the same time make use of all cores of this machine. */
  public int concurrency() {
    int cores = Runtime.getRuntime().availableProcessors();
    return threads == 0 ? 1 : Math.max(1, cores / threads);
  }

  /**
   * @throws IllegalStateException if the provider is not there
   */
  SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(optimization);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // failures are thrown
      // Threads that wait for work must leave the processor to those that serve requests.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry(WEIGHTS_FOLDER, NO_FOLDER);
      if (provider == ExecutionProvider.CUDA) {
        options.addCUDA();
      }
      return options;
    } catch (OrtException e) {
      options.close();
      if (provider == ExecutionProvider.CUDA) {
        throw new IllegalStateException(
            "the execution provider CUDA is not there: put onnxruntime_gpu before other jars on the class path, on a machine with CUDA: "
                + e.getMessage(),
            e);
      }
      throw e;
    }
  }
}
