package io.sparkwire.python;

import java.util.Map;

/**
 * How functions read their input and write their output: one of PySpark's kinds. Immutable.
 *
 * @param evalType a number of {@code PythonEvalType}
 * @param confs what Spark tells the workers of this kind, like the time zone of the session
 * @param inputSchema the columns that functions read, as JSON of Spark's {@code StructType}
 */
public record PythonKind(int evalType, Map<String, String> confs, String inputSchema) {

  public PythonKind {
    confs = Map.copyOf(confs);
  }
}
