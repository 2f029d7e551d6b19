package io.sparkwire.python;

import static io.sparkwire.python.TestPython.SECONDS;
import static io.sparkwire.python.TestPython.batch;
import static io.sparkwire.python.TestPython.compute;
import static io.sparkwire.python.TestPython.function;
import static io.sparkwire.python.TestPython.functions;
import static io.sparkwire.python.TestPython.pickled;
import static io.sparkwire.python.TestPython.results;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparkwire.python.PythonUdf.Argument;
import io.sparkwire.python.PythonUdf.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("python")
class PythonWorkerTest {

  private final PythonPools pools = new PythonPools();

  @AfterEach
  void close() {
    pools.close();
  }

  private PythonWorker worker(PythonFunctions functions) throws InterruptedException {
    return pools.acquire(functions, "test", 1).take();
  }

  @Test
  void aFunctionComputesBatchesOneAfterTheOther() throws Exception {
    PythonWorker worker = worker(function("lambda x: x + 1"));
    assertThat(compute(worker, 1, 2, 3)).containsExactly(2, 3, 4);
    assertThat(compute(worker, 7)).containsExactly(8);
    assertThat(worker.run()).isOne();
  }

  @Test
  void aBatchMayHaveMoreRowsThanPysparkGathers() throws Exception {
    PythonWorker worker = worker(function("lambda x: x"));
    assertThat(compute(worker, LongStream.range(0, 250).toArray())).hasSize(250);
  }

  @Test
  void theSecondBatchInFlightDoesNotMixWithTheFirst() throws Exception {
    PythonWorker worker = worker(function("lambda x: x * 10"));
    worker.send(batch(1, 2));
    worker.send(batch(3));
    assertThat(results(worker.receive(20 * SECONDS))).containsExactly(10, 20);
    assertThat(results(worker.receive(20 * SECONDS))).containsExactly(30);
  }

  @Test
  void twoBatchesLargerThanAllBuffersPassEachOther() throws Exception {
    PythonWorker worker = worker(functions("f = lambda x: 'x' * x", 100, "StringType()"));
    long[] lengths = LongStream.generate(() -> 1 << 20).limit(20).toArray();
    long[] numbers = LongStream.generate(() -> 2).limit(1 << 20).toArray();
    worker.send(batch(lengths));
    worker.send(batch(numbers));
    assertThat(worker.receive(60 * SECONDS)).hasSizeGreaterThan(20 << 20);
    assertThat(results(worker.receive(60 * SECONDS))).hasSize(1 << 20);
  }

  @Test
  void anExceptionEndsTheRunAndTheWorkerGoesOn() throws Exception {
    PythonWorker worker = worker(function("lambda x: 6 // x"));
    worker.send(batch(1, 0));
    worker.send(batch(2));
    PythonException failure =
        catchThrowableOfType(PythonException.class, () -> worker.receive(20 * SECONDS));
    assertThat(failure.type()).isEqualTo("ZeroDivisionError");
    assertThat(failure).hasMessageStartingWith("ZeroDivisionError: integer division");
    assertThat(failure.traceback()).contains("<lambda>");
    assertThat(worker.ended()).isTrue();
    long pid = worker.pid();

    worker.restart();
    assertThat(compute(worker, 2)).containsExactly(3);
    assertThat(worker.run()).isEqualTo(2);
    assertThat(worker.pid()).isEqualTo(pid);
  }

  @Test
  void anExceptionOfAModuleHasItsFullName() throws Exception {
    String source = "import json\ndef f(x): return json.loads('{')";
    PythonWorker worker = worker(functions(source, 100, "LongType()"));
    worker.send(batch(1));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS))
        .hasMessageStartingWith("json.decoder.JSONDecodeError: Expecting property name");
  }

  @Test
  void sysExitOfAFunctionIsAnException() throws Exception {
    PythonWorker worker = worker(functions("import sys\ndef f(x): sys.exit(x)", 100, "LongType()"));
    worker.send(batch(3));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS)).hasMessage("SystemExit: 3");
    worker.restart();
    assertThat(worker.ended()).isFalse();
  }

  @Test
  void aProcessThatEndsIsLost() throws Exception {
    PythonWorker worker = worker(functions("import os\ndef f(x): os._exit(3)", 100, "LongType()"));
    worker.send(batch(1));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("Python worker " + worker.pid() + " has ended");
  }

  @Test
  void aFunctionThatComputesForTooLongTimesOut() throws Exception {
    PythonWorker worker =
        worker(functions("import time\ndef f(x): time.sleep(60)", 100, "LongType()"));
    worker.send(batch(1));
    assertThatThrownBy(() -> worker.receive(SECONDS / 5))
        .isInstanceOf(WorkerTimeoutException.class);
  }

  private PythonWorker worker(List<Argument> arguments, Command... commands) throws Exception {
    PythonUdf udf = new PythonUdf(arguments, List.of(commands), List.of());
    PythonFunctions some = function("lambda x: x");
    return worker(
        new PythonFunctions(some.environment(), some.files(), some.kind(), List.of(udf), 0));
  }

  @Test
  void aChainComputesTheResultOfTheFunctionBefore() throws Exception {
    PythonWorker worker =
        worker(
            List.of(new Argument(0, Optional.empty())),
            pickled("f = lambda x: x + 1", "LongType()"),
            pickled("f = lambda x: x * 100", "LongType()"));
    assertThat(compute(worker, 2)).containsExactly(300);
  }

  @Test
  void argumentsMayHaveNames() throws Exception {
    PythonWorker worker =
        worker(
            List.of(new Argument(0, Optional.of("y")), new Argument(0, Optional.of("x"))),
            pickled("f = lambda x, y: 10 * x + y", "LongType()"));
    assertThat(compute(worker, 2)).containsExactly(22);
  }

  @Test
  void severalFunctionsAreComputedTogether() throws Exception {
    PythonFunctions one = function("lambda x: x + 1");
    PythonFunctions other = function("lambda x: x + 2");
    List<PythonUdf> both = List.of(one.udfs().get(0), other.udfs().get(0));
    PythonWorker worker =
        worker(new PythonFunctions(one.environment(), one.files(), one.kind(), both, 0));
    worker.send(batch(1, 5));
    assertThat(results(worker.receive(20 * SECONDS)))
        .containsExactly(new Object[] {2, 3}, new Object[] {6, 7});
  }

  @Test
  void librariesHaveOneThreadUnlessTheEnvironmentSaysOtherwise() throws Exception {
    String source = "import os\ndef f(x): return os.environ['OMP_NUM_THREADS']";
    PythonWorker worker = worker(functions(source, 100, "StringType()"));
    assertThat(compute(worker, 1)).containsExactly("1");
    PythonEnvironment four =
        new PythonEnvironment(
            TestPython.executable(), TestPython.version(), Map.of("OMP_NUM_THREADS", "4"));
    PythonWorker other = worker(functions(four, source, 100, "StringType()"));
    assertThat(compute(other, 1)).containsExactly("4");
  }

  @Test
  void aFunctionThatNeedsTooMuchMemoryRaisesMemoryError() throws Exception {
    PythonFunctions unlimited = function("lambda x: len(bytearray(x << 20))");
    PythonWorker worker =
        worker(
            new PythonFunctions(
                unlimited.environment(),
                unlimited.files(),
                unlimited.kind(),
                unlimited.udfs(),
                512));
    assertThat(compute(worker, 10)).containsExactly(10 << 20);
    worker.send(batch(2048));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS)).hasMessageStartingWith("MemoryError");
    worker.restart();
    assertThat(compute(worker, 10)).containsExactly(10 << 20);
  }
}
