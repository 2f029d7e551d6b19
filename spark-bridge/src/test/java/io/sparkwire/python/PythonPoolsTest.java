package io.sparkwire.python;

import static io.sparkwire.python.TestPython.SECONDS;
import static io.sparkwire.python.TestPython.batch;
import static io.sparkwire.python.TestPython.compute;
import static io.sparkwire.python.TestPython.function;
import static io.sparkwire.python.TestPython.functions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("python")
class PythonPoolsTest {

  private final PythonPools pools = new PythonPools();

  @AfterEach
  void close() {
    pools.close();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }

  private static long parent(long pid) {
    return ProcessHandle.of(pid).orElseThrow().parent().orElseThrow().pid();
  }

  @Test
  void ownersOfEqualFunctionsShareWorkers() throws Exception {
    PythonPool pool = pools.acquire(function("lambda x: x"), "a", 2);
    assertThat(pools.acquire(function("lambda x: x"), "b", 2)).isSameAs(pool);
    assertThat(pool.size()).isEqualTo(2);
    PythonWorker worker = pool.take();
    PythonWorker other = pool.take();
    pools.release("a");
    assertThat(compute(worker, 1)).containsExactly(1);
    pool.giveBack(worker);
    pool.giveBack(other);
    pools.release("b");
    await().until(() -> !isAlive(worker.pid()) && !isAlive(other.pid()));
    assertThatThrownBy(pool::take).hasMessage("these Python workers have been closed");
  }

  @Test
  void aLargerNumberAddsWorkers() throws Exception {
    PythonFunctions functions = function("lambda x: x");
    PythonPool pool = pools.acquire(functions, "a", 1);
    pools.acquire(functions, "a", 3);
    Set<Long> pids = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      pids.add(pool.take().pid());
    }
    assertThat(pids).hasSize(3);
  }

  @Test
  void theWorkerGivenBackLastIsTakenFirst() throws Exception {
    PythonPool pool = pools.acquire(function("lambda x: x"), "a", 2);
    PythonWorker first = pool.take();
    PythonWorker second = pool.take();
    pool.giveBack(second);
    pool.giveBack(first);
    assertThat(pool.take()).isSameAs(first);
  }

  @Test
  void aWorkerThatRaisedAnExceptionIsReadyWhenItIsTakenAgain() throws Exception {
    PythonPool pool = pools.acquire(function("lambda x: 1 // x"), "a", 1);
    PythonWorker worker = pool.take();
    worker.send(batch(0));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS)).isInstanceOf(PythonException.class);
    pool.giveBack(worker);
    assertThat(pool.take()).isSameAs(worker);
    assertThat(compute(worker, 1)).containsExactly(1);
  }

  @Test
  void aWorkerThatIsKilledWhileItWaitsIsReplaced() throws Exception {
    PythonPool pool = pools.acquire(function("lambda x: x"), "a", 1);
    PythonWorker worker = pool.take();
    pool.giveBack(worker);
    kill(worker.pid());
    await().until(() -> !isAlive(worker.pid()));
    PythonWorker next = pool.take();
    assertThat(next.pid()).isNotEqualTo(worker.pid());
    assertThat(compute(next, 5)).containsExactly(5);
  }

  @Test
  void aWorkerThatIsDiscardedWhileItComputesIsKilledWithWhatItHasStarted() throws Exception {
    String source =
        """
        import subprocess, time
        def f(x):
            open('%s', 'w').write(str(subprocess.Popen(['sleep', '600']).pid))
            time.sleep(600)
        """;
    Path file = Files.createTempDirectory("python-test").resolve("pid");
    PythonPool pool = pools.acquire(functions(source.formatted(file), 100, "LongType()"), "a", 1);
    PythonWorker worker = pool.take();
    worker.send(batch(1));
    await().until(() -> Files.exists(file) && Files.size(file) > 0);
    long child = Long.parseLong(Files.readString(file));
    assertThat(isAlive(child)).isTrue();
    pool.discard(worker);
    await().until(() -> !isAlive(worker.pid()) && !isAlive(child));
    assertThat(pool.take().pid()).isNotEqualTo(worker.pid());
  }

  @Test
  void allWorkersAreReplacedWhenTheirServerIsKilled() throws Exception {
    PythonPool pool = pools.acquire(function("lambda x: x"), "a", 2);
    PythonWorker worker = pool.take();
    kill(parent(worker.pid()));
    await().until(() -> !isAlive(worker.pid()));
    pool.discard(worker);
    PythonWorker next = pool.take();
    PythonWorker other = pool.take();
    assertThat(compute(next, 1)).containsExactly(1);
    assertThat(compute(other, 1)).containsExactly(1);
  }

  @Test
  void aWorkerThatComputesEndsASecondAfterItsLastOwner() throws Exception {
    PythonFunctions functions =
        functions("import time\ndef f(x): time.sleep(600)", 100, "LongType()");
    PythonWorker worker = pools.acquire(functions, "a", 1).take();
    worker.send(batch(1));
    long server = parent(worker.pid());
    pools.release("a");
    assertThatThrownBy(() -> worker.receive(20 * SECONDS)).isInstanceOf(WorkerLostException.class);
    await().until(() -> !isAlive(server));
  }

  @Test
  void manyVersionsLeaveNoProcessAndNoFileBehind() throws Exception {
    PythonFunctions first = function("lambda x: x");
    long server = parent(pools.acquire(first, 0, 1).take().pid());
    for (int version = 1; version <= 20; version++) {
      PythonFunctions next = function("lambda x: x + " + version);
      PythonPool pool = pools.acquire(next, version, 1);
      PythonWorker worker = pool.take();
      assertThat(compute(worker, 1)).containsExactly(1 + version);
      pool.giveBack(worker);
      pools.release(version - 1);
    }
    ProcessHandle process = ProcessHandle.of(server).orElseThrow();
    await().untilAsserted(() -> assertThat(process.children()).hasSize(1));
    Path program = program(server);
    assertThat(program).exists();
    pools.release(20);
    await().until(() -> !isAlive(server));
    assertThat(program.getParent()).doesNotExist();
  }

  private static Path program(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    return Path.of(
        List.of(line.split("\0")).stream().filter(word -> word.endsWith(".py")).findAny().get());
  }

  @Test
  void processesAreRecognisable() throws Exception {
    PythonWorker worker = pools.acquire(function("lambda x: x"), "a", 1).take();
    long server = parent(worker.pid());
    assertThat(Files.readString(Path.of("/proc/" + server + "/comm"))).isEqualTo("sparkwire-py\n");
    assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/comm")))
        .isEqualTo("sparkwire-py\n");
    assertThat(program(server)).hasFileName("sparkwire_worker.py");
  }

  @Test
  void onlyTheirUserCanReachWorkers() throws Exception {
    PythonWorker worker = pools.acquire(function("lambda x: x"), "a", 1).take();
    Path directory = program(parent(worker.pid())).getParent();
    assertThat(Files.getPosixFilePermissions(directory))
        .allMatch(p -> p.name().startsWith("OWNER"));
  }
}
