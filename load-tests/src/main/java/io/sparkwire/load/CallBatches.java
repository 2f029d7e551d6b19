package io.sparkwire.load;

import io.sparkwire.load.server.ChildProcess;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.JavaCommand;
import io.sparkwire.load.server.SlowServices;
import io.sparkwire.load.server.SparkJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Batches of rows with one call each, by a program that runs on Spark against a service in a
 * process of its own.
 */
record CallBatches(SparkJar jar, Path directory, String heap) {
  private static final Path CLASSES = Path.of("load-tests/microbenchmarks/target/classes");
  private static final String PROGRAM = "io.sparkwire.httpclient.CallThroughput";
  private static final Duration LIMIT = Duration.ofHours(1);

  /**
   * Measures and prints the results.
   *
   * @param loads of each batch, concurrency and rows as in {@code 64:50000}
   * @return whether the heap stayed what it was
   * @throws IOException if an answer was not right
   */
  boolean run(List<String> loads, int partitions, int rounds)
      throws IOException, InterruptedException {
    Contestant service = SlowServices.echo();
    try (Fleet fleet = new Fleet(heap, directory)) {
      fleet.start(service);
      List<String> where = List.of(service.target().url().toString(), "" + rounds, "" + partitions);
      String[] arguments = JavaCommand.join(where, loads).toArray(String[]::new);
      List<String> command =
          JavaCommand.server(heap, jar.program(CLASSES.toAbsolutePath(), PROGRAM, arguments));
      System.out.printf("making calls: %s; %d rounds%n", String.join(", ", loads), rounds);
      try (ChildProcess program = ChildProcess.start(command, directory, "calls")) {
        int exitCode = program.await(LIMIT);
        if (exitCode != 0) {
          throw new IOException("Exit code %d. %s".formatted(exitCode, program.logTail()));
        }
        CallReport report = new CallReport(program.logLines(), SlowServices.MILLIS, partitions);
        System.out.print(report.text());
        return report.isFlat();
      }
    }
  }
}
