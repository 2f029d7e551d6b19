package io.sparkwire.python;

import io.sparkwire.log.FirstLine;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;

/** Why Python workers do not start, each in one sentence that says what to do. Stateless. */
final class StartSentences {

  private static final String SET_PYTHON =
      "; set PYSPARK_PYTHON to the Python that has pyspark and the modules of the functions,"
          + " like the one of a virtual environment";

  private StartSentences() {}

  /** What is said of a failure that may be such a sentence already. */
  static PythonStartException of(Throwable failure) {
    return failure instanceof PythonStartException sentence
        ? sentence
        : new PythonStartException("Python workers do not start: " + failure, failure);
  }

  static PythonStartException noExecutable(PythonEnvironment environment, IOException failure) {
    String message = FirstLine.of(failure);
    String reason = message.substring(message.lastIndexOf(':') + 1).strip();
    return new PythonStartException(
        "cannot start Python '" + environment.executable() + "': " + reason + SET_PYTHON, failure);
  }

  /** What a server reports that cannot serve. */
  static PythonStartException failed(PythonEnvironment environment, JsonObject event) {
    String version = event.getString("version");
    if (!version.equals(environment.version())) {
      return new PythonStartException(
          "'%s' is Python %s, but the driver has Python %s: set PYSPARK_PYTHON to the driver's Python"
              .formatted(environment.executable(), version, environment.version()));
    }
    String error = FirstLine.of(event.getString("type") + ": " + event.getString("message"));
    return new PythonStartException(
        "'" + environment.executable() + "' cannot run Python functions: " + error + SET_PYTHON);
  }

  static PythonStartException ended(PythonEnvironment environment, int status, String lastLine) {
    return new PythonStartException(
        "'%s' ended with exit code %d before it could run Python functions%s%s"
            .formatted(
                environment.executable(),
                status,
                lastLine.isEmpty() ? "" : ": " + lastLine,
                SET_PYTHON));
  }

  static PythonStartException tooSlow(PythonEnvironment environment, Duration timeout) {
    return new PythonStartException(
        "'%s' was not ready for Python functions within %d s"
            .formatted(environment.executable(), timeout.toSeconds()));
  }

  static PythonStartException notForked(PythonEnvironment environment, Exception failure) {
    return new PythonStartException(
        "'%s' started no Python worker: %s"
            .formatted(environment.executable(), FirstLine.of(failure)),
        failure);
  }

  /** Functions that do not load in a worker. */
  static PythonStartException notLoaded(PythonFunctions functions, WorkerException failure) {
    String executable = functions.environment().executable();
    String hint = isImportError(failure) ? SET_PYTHON : "";
    String limit =
        functions.memoryMegabytes() > 0
            ? " (its memory is limited to " + functions.memoryMegabytes() + " MB)"
            : "";
    return new PythonStartException(
        "a Python function does not start in '%s'%s: %s%s"
            .formatted(executable, limit, FirstLine.of(failure), hint),
        failure);
  }

  private static boolean isImportError(WorkerException failure) {
    return failure instanceof PythonException exception
        && exception.type().matches("(.*\\.)?(ModuleNotFound|Import|PySparkImport)Error");
  }
}
