package io.sparkwire.peer;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.TensorInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network that is loaded once and run by any number of threads at a time. Immutable, thread-safe.
 *
 * @param inputs by their names, in the order of the file
 */
record Network(OrtEnvironment environment, OrtSession session, Map<String, TensorInfo> inputs) {

  /**
   * Loads it.
   *
   * @param threads that compute one run
   */
  static Network load(String file, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setExecutionMode(ExecutionMode.SEQUENTIAL);
      OrtSession session = environment.createSession(file, options);
      Map<String, TensorInfo> inputs = new LinkedHashMap<>();
      for (NodeInfo input : session.getInputInfo().values()) {
        inputs.put(input.getName(), (TensorInfo) input.getInfo());
      }
      return new Network(environment, session, inputs);
    }
  }
}
