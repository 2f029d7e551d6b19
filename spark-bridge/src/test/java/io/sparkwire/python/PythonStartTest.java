package io.sparkwire.python;

import static io.sparkwire.python.TestPython.compute;
import static io.sparkwire.python.TestPython.executable;
import static io.sparkwire.python.TestPython.function;
import static io.sparkwire.python.TestPython.functions;
import static io.sparkwire.python.TestPython.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("python")
class PythonStartTest {

  private static final String SET_PYTHON =
      "; set PYSPARK_PYTHON to the Python that has pyspark and the modules of the functions,"
          + " like the one of a virtual environment";

  private final PythonPools pools = new PythonPools();

  @AfterEach
  void close() {
    pools.close();
  }

  private AbstractThrowableAssert<?, ?> assertStart(PythonFunctions functions) {
    return assertThatThrownBy(() -> pools.acquire(functions, "test", 2))
        .isInstanceOf(PythonStartException.class);
  }

  private static PythonFunctions in(PythonEnvironment environment) {
    PythonFunctions functions = function("lambda x: x");
    return new PythonFunctions(
        environment, functions.files(), functions.kind(), functions.udfs(), 0);
  }

  private static PythonFunctions in(String executable, String version) {
    return in(new PythonEnvironment(executable, version, Map.of()));
  }

  @Test
  void anExecutableThatDoesNotExistIsNamed() {
    assertStart(in("/nowhere/python3", "3.11"))
        .hasMessageStartingWith("cannot start Python '/nowhere/python3': ")
        .hasMessageContaining("No such file or directory")
        .hasMessageEndingWith(SET_PYTHON);
  }

  @Test
  void aProgramThatIsNoPythonIsNamed() {
    assertStart(in("/bin/false", "3.11"))
        .hasMessage(
            "'/bin/false' ended with exit code 1 before it could run Python functions"
                + SET_PYTHON);
  }

  @Test
  void theLastLineOfAProgramThatFailsIsInTheSentence() throws Exception {
    Path script = Files.createTempFile("no-python", "");
    Files.writeString(script, "#!/bin/sh\necho first >&2\necho broken >&2\nexit 7\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertStart(in(script.toString(), "3.11"))
        .hasMessageContaining(
            "ended with exit code 7 before it could run Python functions: broken");
  }

  @Test
  void anotherVersionThanTheDriversIsRefused() {
    assertStart(in(executable(), "3.8"))
        .hasMessage(
            "'%s' is Python %s, but the driver has Python 3.8: set PYSPARK_PYTHON to the driver's"
                    .formatted(executable(), version())
                + " Python");
  }

  @Test
  void aPythonWithoutPysparkIsRefused() throws Exception {
    Path modules = Files.createTempDirectory("modules");
    Files.writeString(
        modules.resolve("pyspark.py"),
        "raise ModuleNotFoundError(\"No module named 'pyspark'\", name='pyspark')");
    PythonEnvironment environment =
        new PythonEnvironment(executable(), version(), Map.of("PYTHONPATH", modules.toString()));
    assertStart(in(environment))
        .hasMessage(
            "'"
                + executable()
                + "' cannot run Python functions: ModuleNotFoundError: No module named 'pyspark'"
                + SET_PYTHON);
  }

  @Test
  void aModuleThatIsMissingIsNamed() throws Exception {
    Path modules = Files.createTempDirectory("modules");
    Files.writeString(modules.resolve("only_here.py"), "def f(x): return x");
    PythonUdf udf =
        new PythonUdf(
            List.of(),
            List.of(
                TestPython.pickled(
                    "import sys; sys.path.append('%s'); from only_here import f".formatted(modules),
                    "LongType()")),
            List.of());
    PythonFunctions functions = function("lambda x: x");
    PythonFunctions missing =
        new PythonFunctions(
            functions.environment(), functions.files(), functions.kind(), List.of(udf), 0);
    assertStart(missing)
        .hasMessage(
            "a Python function does not start in '"
                + executable()
                + "': ModuleNotFoundError: No module named 'only_here'"
                + SET_PYTHON);
    PythonFiles files = new PythonFiles("/nowhere", List.of(modules.toString()));
    PythonFunctions found =
        new PythonFunctions(functions.environment(), files, functions.kind(), List.of(udf), 0);
    assertThat(pools.acquire(found, "test", 1).size()).isOne();
  }

  @Test
  void anExceptionAtTheImportOfAModuleFailsTheStart() throws Exception {
    Path modules = Files.createTempDirectory("modules");
    Path module = modules.resolve("broken_model.py");
    Files.writeString(module, "def f(x): return x");
    PythonFunctions functions =
        functions(
            "import sys; sys.path.append('%s'); from broken_model import f".formatted(modules),
            TestPython.BATCHED,
            "LongType()");
    Files.writeString(module, "raise ValueError('no model here')");
    assertStart(
            new PythonFunctions(
                functions.environment(),
                new PythonFiles("/nowhere", List.of(modules.toString())),
                functions.kind(),
                functions.udfs(),
                0))
        .hasMessage(
            "a Python function does not start in '"
                + executable()
                + "': ValueError: no model here");
  }

  @Test
  void functionsThatLoadTooSlowlyTimeOut() throws Exception {
    Path modules = Files.createTempDirectory("modules");
    Path module = modules.resolve("slow_model.py");
    Files.writeString(module, "def f(x): return x");
    PythonFunctions functions =
        functions(
            "import sys; sys.path.append('%s'); from slow_model import f".formatted(modules),
            TestPython.BATCHED,
            "LongType()");
    Files.writeString(module, "import time; time.sleep(600)");
    PythonFiles files = new PythonFiles("/nowhere", List.of(modules.toString()));
    PythonFunctions slow =
        new PythonFunctions(functions.environment(), files, functions.kind(), functions.udfs(), 0);
    Duration patient = Duration.ofMinutes(1);
    ServerProcess server = ServerProcess.start(slow.environment(), patient);
    PythonWorker worker = server.fork(patient, (ended, how) -> {});
    assertThatThrownBy(() -> worker.load(slow, Duration.ofSeconds(1)))
        .isInstanceOf(WorkerTimeoutException.class);
    server.close();
    await().until(() -> !server.isAlive());
  }

  @Test
  void aFailedStartLeavesNoProcess() {
    Duration timeout = Duration.ofSeconds(20);
    assertStart(in(executable(), "3.8"));
    await()
        .atMost(timeout)
        .until(
            () ->
                ProcessHandle.current()
                    .descendants()
                    .noneMatch(process -> process.info().toString().contains("sparkwire_worker")));
  }

  @Test
  void whatFailedOnceMayStartLater() throws Exception {
    assertStart(in(executable(), "3.8"));
    assertThat(compute(pools.acquire(function("lambda x: x"), "test", 1).take(), 4))
        .containsExactly(4);
  }
}
