package io.sparkwire.python;

import static io.sparkwire.python.TestPython.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each kind of function whose batches are Arrow's, twice in one stream. */
@Tag("python")
class PythonKindTest {

  private static final String ROW = "StructType([StructField('x', LongType())])";

  private final PythonPools pools = new PythonPools();
  private final ArrowResults output = new ArrowResults();

  @AfterEach
  void close() throws Exception {
    pools.close();
    output.close();
  }

  private void assertAddsOne(int kind, String source, boolean inStruct) throws Exception {
    PythonFunctions functions = TestPython.functions(source, kind, inStruct ? ROW : "LongType()");
    PythonWorker worker = pools.acquire(functions, "test", 1).take();
    try (ArrowBatches input = new ArrowBatches(inStruct)) {
      worker.send(input.batch(1, 2, 3));
      worker.send(input.batch(9));
      assertThat(numbers(worker)).containsExactly(2L, 3L, 4L);
      assertThat(numbers(worker)).containsExactly(10L);
      worker.send(input.batch());
      assertThat(numbers(worker)).isEmpty();
      worker.send(input.batch(5));
      assertThat(numbers(worker)).containsExactly(6L);
    }
  }

  private List<Long> numbers(PythonWorker worker) throws Exception {
    return output.numbers(worker.receive(20 * SECONDS));
  }

  @Test
  void aUdfOverArrow() throws Exception {
    assertAddsOne(TestPython.ARROW_BATCHED, "f = lambda x: x + 1", false);
  }

  @Test
  void aPandasUdf() throws Exception {
    assertAddsOne(TestPython.PANDAS, "f = lambda series: series + 1", false);
  }

  @Test
  void anArrowUdf() throws Exception {
    String source = "import pyarrow.compute as pc\nf = lambda array: pc.add(array, 1)";
    assertAddsOne(TestPython.ARROW, source, false);
  }

  @Test
  void aPandasUdfOverAnIterator() throws Exception {
    String source = "def f(batches):\n  for series in batches: yield series + 1";
    assertAddsOne(TestPython.PANDAS_ITERATOR, source, false);
  }

  @Test
  void anArrowUdfOverAnIterator() throws Exception {
    String source =
        "import pyarrow.compute as pc\ndef f(batches):\n  for b in batches: yield pc.add(b, 1)";
    assertAddsOne(TestPython.ARROW_ITERATOR, source, false);
  }

  @Test
  void mapInPandas() throws Exception {
    String source = "def f(frames):\n  for frame in frames: yield frame + 1";
    assertAddsOne(TestPython.MAP_PANDAS, source, true);
  }

  @Test
  void mapInArrow() throws Exception {
    String source =
        """
        import pyarrow as pa, pyarrow.compute as pc
        def f(batches):
            for b in batches:
                yield pa.RecordBatch.from_arrays([pc.add(b.column(0), 1)], ['x'])
        """;
    assertAddsOne(TestPython.MAP_ARROW, source, true);
  }
}
