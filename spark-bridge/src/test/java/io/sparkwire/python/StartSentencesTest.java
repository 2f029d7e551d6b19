package io.sparkwire.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartSentencesTest {

  private static PythonFunctions functions(int memoryMegabytes) {
    return new PythonFunctions(
        new PythonEnvironment("/venv/bin/python", "3.11", Map.of()),
        new PythonFiles("/files", List.of()),
        new PythonKind(100, Map.of(), "{}"),
        List.of(),
        memoryMegabytes);
  }

  @Test
  void aSlowStartIsOneSentence() {
    assertThat(
            StartSentences.notLoaded(
                functions(0), new WorkerTimeoutException("Python worker 7 still computes")))
        .hasMessage(
            "a Python function does not start in '/venv/bin/python': Python worker 7 still"
                + " computes");
    assertThat(StartSentences.tooSlow(functions(0).environment(), Duration.ofMinutes(5)))
        .hasMessage("'/venv/bin/python' was not ready for Python functions within 300 s");
  }

  @Test
  void onlyTheFirstLineOfAnExceptionIsShown() {
    PythonException failure =
        new PythonException("ValueError", "no model\nin this file", "Traceback ...");
    assertThat(StartSentences.notLoaded(functions(0), failure))
        .hasMessage("a Python function does not start in '/venv/bin/python': ValueError: no model");
  }

  @Test
  void aLimitOfMemoryIsNamed() {
    assertThat(StartSentences.notLoaded(functions(100), new PythonException("MemoryError", "", "")))
        .hasMessage(
            "a Python function does not start in '/venv/bin/python' (its memory is limited to 100"
                + " MB): MemoryError");
  }

  @Test
  void aModuleThatIsMissingSaysWhereToSetPython() {
    for (String type :
        List.of(
            "ModuleNotFoundError",
            "ImportError",
            "pyspark.errors.exceptions.base.PySparkImportError")) {
      assertThat(StartSentences.notLoaded(functions(0), new PythonException(type, "no x", "")))
          .hasMessageContaining(type + ": no x; set PYSPARK_PYTHON to the Python that has pyspark");
    }
  }
}
