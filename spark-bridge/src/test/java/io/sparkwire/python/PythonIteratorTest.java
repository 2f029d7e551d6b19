package io.sparkwire.python;

import static io.sparkwire.python.TestPython.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions over an iterator of batches, whose stream has no end while the worker lives. */
@Tag("python")
class PythonIteratorTest {

  private static final String RESULT = "StructType([StructField('x', LongType())])";

  private final PythonPools pools = new PythonPools();
  private final ArrowBatches input = new ArrowBatches(true);
  private final ArrowResults output = new ArrowResults();
  private Path notes;

  @BeforeEach
  void createNotes() throws Exception {
    notes = Files.createTempFile("notes", ".txt");
  }

  @AfterEach
  void close() throws Exception {
    pools.close();
    input.close();
    output.close();
  }

  private PythonWorker worker(String source) throws Exception {
    String noting =
        "def note(word): open('%s', 'a').write(word + '\\n')\n".formatted(notes) + source;
    PythonFunctions functions = TestPython.functions(noting, TestPython.MAP_ARROW, RESULT);
    return pools.acquire(functions, "test", 1).take();
  }

  private List<Long> compute(PythonWorker worker, long... numbers) throws Exception {
    worker.send(input.batch(numbers));
    return output.numbers(worker.receive(20 * SECONDS));
  }

  private List<String> notes() throws Exception {
    return Files.readAllLines(notes);
  }

  @Test
  void whatAnIteratorLoadsIsLoadedOnceBeforeTheFirstBatch() throws Exception {
    PythonWorker worker =
        worker(
            """
            def f(batches):
                note('load')
                for batch in batches:
                    yield batch
            """);
    assertThat(notes()).containsExactly("load");
    assertThat(compute(worker, 1, 2)).containsExactly(1L, 2L);
    assertThat(compute(worker, 3)).containsExactly(3L);
    assertThat(notes()).containsExactly("load");
  }

  @Test
  void aBatchMayHaveNoResultsOrSeveralBatchesOfThem() throws Exception {
    PythonWorker worker =
        worker(
            """
            def f(batches):
                for batch in batches:
                    for _ in range(batch.column(0)[0].as_py()):
                        yield batch
            """);
    assertThat(compute(worker, 2, 5)).containsExactly(2L, 5L, 2L, 5L);
    assertThat(compute(worker, 0)).isEmpty();
    assertThat(compute(worker, 1)).containsExactly(1L);
  }

  @Test
  void anIteratorThatReturnsIsRunAgainForTheNextBatch() throws Exception {
    PythonWorker worker =
        worker(
            """
            def f(batches):
                note('load')
                yield next(batches)
            """);
    worker.send(input.batch(1));
    worker.send(input.batch(2));
    assertThat(output.numbers(worker.receive(20 * SECONDS))).containsExactly(1L);
    assertThat(worker.ended()).isTrue();
    worker.restart();
    input.restart();
    output.restart();
    assertThat(compute(worker, 2)).containsExactly(2L);
    assertThat(notes()).containsExactly("load", "load");
  }

  @Test
  void anExceptionOfTheLoadingFailsTheStart() {
    assertThatThrownBy(
            () ->
                worker(
                    """
                    def f(batches):
                        raise FileNotFoundError('no model')
                        yield
                    """))
        .isInstanceOf(PythonStartException.class)
        .hasMessageEndingWith("': FileNotFoundError: no model");
  }

  @Test
  void anIteratorComesToItsEndWithItsLastOwner() throws Exception {
    PythonFunctions functions =
        TestPython.functions(
            """
            def f(batches):
                try:
                    for batch in batches:
                        yield batch
                finally:
                    open('%s', 'a').write('end')
            """
                .formatted(notes),
            TestPython.MAP_ARROW,
            RESULT);
    PythonPool pool = pools.acquire(functions, "test", 1);
    PythonWorker worker = pool.take();
    assertThat(compute(worker, 1)).containsExactly(1L);
    pool.giveBack(worker);
    pools.release("test");
    await().until(() -> notes().contains("end"));
  }

  @Test
  void aResultOfAnotherTypeIsPysparksException() throws Exception {
    PythonWorker worker =
        worker(
            """
            def f(batches):
                for batch in batches:
                    yield 1
            """);
    worker.send(input.batch(1));
    assertThatThrownBy(() -> worker.receive(20 * SECONDS)).hasMessageContaining("PySparkTypeError");
  }
}
