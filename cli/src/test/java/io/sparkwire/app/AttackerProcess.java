package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Attackers in a process of their own, as on a machine of their own: with the lowest priority, they
 * get only the processor time that the node and its good clients leave, and share no heap with
 * these clients.
 */
final class AttackerProcess implements AutoCloseable {

  private static final Machine ELSEWHERE = new Machine("127.0.0.2", List.of("nice", "-n", "19"));
  private static final String BEGUN = "attacks";
  private static final String SUMMARY = " connections, ";
  private static final Pattern KEPT = Pattern.compile("kept for (\\d+) ms");

  private final List<Wave> waves;
  private final JavaProcess process;

  private AttackerProcess(List<Wave> waves, JavaProcess process) {
    this.waves = waves;
    this.process = process;
  }

  /**
   * Starts to attack in all these ways at once, until {@link #stop}.
   *
   * @param path of the service to attack
   */
  static AttackerProcess start(Path directory, String path, List<Wave> waves) throws IOException {
    Stream<String> main =
        Stream.of(
            "-cp", System.getProperty("java.class.path"), AttackerProcess.class.getName(), path);
    List<String> arguments = Stream.concat(main, waves.stream().map(Wave::asArgument)).toList();
    JavaProcess process = JavaProcess.start(ELSEWHERE, directory, arguments, Map.of());
    process.awaitLine(BEGUN);
    return new AttackerProcess(waves, process);
  }

  /** Checks that everything has been sent that was to be, and gives a summary of it. */
  String stop() throws IOException, InterruptedException {
    int code = process.finish();
    String said = process.said();
    assertThat(code).as(said).isZero();
    String summary = said.lines().filter(line -> line.contains(SUMMARY)).findFirst().orElseThrow();
    assertThat(Integer.parseInt(summary.substring(0, summary.indexOf(' '))))
        .as(summary)
        .isGreaterThanOrEqualTo(waves.stream().mapToInt(Wave::connections).sum());
    return summary;
  }

  /** For how long the node kept a connection that it was to close, by such a summary. */
  static Duration longestKept(String summary) {
    Matcher millis = KEPT.matcher(summary);
    assertThat(millis.find()).as(summary).isTrue();
    return Duration.ofMillis(Long.parseLong(millis.group(1)));
  }

  @Override
  public void close() {
    process.close();
  }

  /**
   * Attacks until its standard input ends, which it does with the test at the latest.
   *
   * @param arguments the path of the service, and waves
   */
  public static void main(String[] arguments) throws IOException {
    Attackers attackers = new Attackers();
    Stream.of(arguments)
        .skip(1)
        .map(Wave::parse)
        .forEach(wave -> attackers.begin(wave, arguments[0]));
    System.out.println(BEGUN);
    if (System.in.read() >= 0) {
      throw new IllegalStateException("nothing is to be said to attackers");
    }
    attackers.close();
    System.out.printf(
        "%d%s%d waves, longest kept for %d ms%n",
        attackers.connections(), SUMMARY, attackers.waves(), attackers.longestMillis());
  }
}
