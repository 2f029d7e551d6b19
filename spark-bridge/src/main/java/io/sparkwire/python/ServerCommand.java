package io.sparkwire.python;

import java.util.List;
import java.util.Map;

/** How a server is started. Stateless. */
final class ServerCommand {

  /** What decides how many threads a library of linear algebra has in each worker. */
  private static final List<String> THREADS =
      List.of(
          "OMP_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "MKL_NUM_THREADS",
          "VECLIB_MAXIMUM_THREADS",
          "NUMEXPR_NUM_THREADS");

  private ServerCommand() {}

  static ProcessBuilder of(PythonEnvironment environment, ServerDirectory directory) {
    ProcessBuilder command =
        new ProcessBuilder(
            environment.executable(), "-u", directory.program().toString(), environment.version());
    Map<String, String> variables = command.environment();
    variables.putAll(environment.variables());
    THREADS.forEach(name -> variables.putIfAbsent(name, "1"));
    variables.put("SPARK_PYTHON_RUNTIME", "PYTHON_WORKER");
    return command;
  }
}
