package io.sparkwire.python;

import io.sparkwire.python.PythonUdf.Argument;
import io.sparkwire.python.PythonUdf.Command;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;

/** The Python of the tests, functions for it, and what they read and write. */
final class TestPython {

  static final long SECONDS = Duration.ofSeconds(1).toNanos();
  static final int BATCHED = 100;
  static final int ARROW_BATCHED = 101;
  static final int PANDAS = 200;
  static final int PANDAS_ITERATOR = 204;
  static final int MAP_PANDAS = 205;
  static final int MAP_ARROW = 207;
  static final int ARROW = 250;
  static final int ARROW_ITERATOR = 251;

  /** A Python takes a second to start, so what it prints is kept. */
  private static final Map<List<String>, byte[]> OUTPUTS = new ConcurrentHashMap<>();

  static final PythonFiles NO_FILES = new PythonFiles("/nowhere", List.of());

  private TestPython() {}

  /** What {@code -Dpython} of the build names. */
  static String executable() {
    return System.getProperty("sparkwire.python");
  }

  static PythonEnvironment environment() {
    return new PythonEnvironment(executable(), version(), Map.of());
  }

  /** Its version, like 3.11. */
  static String version() {
    byte[] printed =
        OUTPUTS.computeIfAbsent(
            List.of("import sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"),
            TestPython::output);
    return new String(printed, StandardCharsets.US_ASCII);
  }

  /** A function of one number, as {@code udf} makes it. */
  static PythonFunctions function(String lambda) {
    return functions("f = " + lambda, BATCHED, "LongType()");
  }

  /**
   * @param source defines {@code f}
   */
  static PythonFunctions functions(String source, int kind, String resultType) {
    return functions(environment(), source, kind, resultType);
  }

  static PythonFunctions functions(
      PythonEnvironment environment, String source, int kind, String resultType) {
    List<Argument> arguments = List.of(new Argument(0, Optional.empty()));
    PythonUdf udf = new PythonUdf(arguments, List.of(pickled(source, resultType)), List.of());
    return new PythonFunctions(environment, NO_FILES, kind(kind), List.of(udf), 0);
  }

  private static PythonKind kind(int kind) {
    String schema =
        """
        {"type":"struct","fields":[{"name":"_0","type":"long","nullable":true,"metadata":{}}]}\
        """;
    return new PythonKind(kind, Map.of("spark.sql.session.timeZone", "Europe/Berlin"), schema);
  }

  static Command pickled(String source, String resultType) {
    String program =
        """
        import sys
        from pyspark import cloudpickle
        from pyspark.sql.types import *
        exec(sys.argv[1])
        sys.stdout.buffer.write(cloudpickle.dumps((f, %s)))
        """
            .formatted(resultType);
    return new Command(OUTPUTS.computeIfAbsent(List.of(program, source), TestPython::output));
  }

  /** What a program with its arguments prints. */
  private static byte[] output(List<String> program) {
    List<String> command = Stream.concat(Stream.of(executable(), "-c"), program.stream()).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return process.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A batch of rows with one number each. */
  static ByteBuffer batch(long... numbers) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (long number : numbers) {
      rows.add(new Object[] {number});
    }
    byte[] pickled = new Pickler().dumps(rows);
    return ByteBuffer.allocate(Integer.BYTES + pickled.length)
        .putInt(pickled.length)
        .put(pickled)
        .flip();
  }

  /** What functions have returned for a batch. */
  static List<Object> results(byte[] output) throws IOException {
    List<Object> all = new ArrayList<>();
    for (ByteBuffer rest = ByteBuffer.wrap(output); rest.hasRemaining(); ) {
      byte[] pickled = new byte[rest.getInt()];
      rest.get(pickled);
      all.addAll((List<?>) new Unpickler().loads(pickled));
    }
    return all;
  }

  /** Sends a batch and waits for its results. */
  static List<Object> compute(PythonWorker worker, long... numbers) throws Exception {
    worker.send(batch(numbers));
    return results(worker.receive(20 * SECONDS));
  }
}
