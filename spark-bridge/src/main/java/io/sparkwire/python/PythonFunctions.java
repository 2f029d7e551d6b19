package io.sparkwire.python;

import io.sparkwire.python.PythonUdf.BroadcastFile;
import java.util.List;

/**
 * What workers compute. Services with equal functions share workers. Immutable.
 *
 * @param memoryMegabytes how much memory each worker may allocate; 0: no limit
 */
public record PythonFunctions(
    PythonEnvironment environment,
    PythonFiles files,
    PythonKind kind,
    List<PythonUdf> udfs,
    int memoryMegabytes) {

  public PythonFunctions {
    udfs = List.copyOf(udfs);
  }

  /** What all its functions read of Spark's broadcast variables, each once. */
  List<BroadcastFile> broadcasts() {
    return udfs.stream().flatMap(udf -> udf.broadcasts().stream()).distinct().toList();
  }
}
