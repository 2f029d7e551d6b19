package io.sparkwire.load;

import java.util.List;

/** The services that others call, as contestants. Stateless. */
final class SlowServices {
  /** How long the slower ones take. */
  static final int MILLIS = 5;

  private static final int FASTER_MILLIS = 3;
  private static final String HEAP = "256m";

  private SlowServices() {}

  static Contestant echo() {
    return at("/echo", Workload.ECHO, MILLIS);
  }

  /** The slower one of two. */
  static Contestant price() {
    return at("/price", Workload.PRICE, MILLIS);
  }

  static Contestant amount() {
    return at("/amount", Workload.AMOUNT, FASTER_MILLIS);
  }

  private static Contestant at(String path, Workload workload, int millis) {
    int port = FreePort.any();
    List<String> serving =
        List.of(
            "-cp", JavaCommand.classPath(), SlowService.class.getName(), "" + port, "" + millis);
    return new Contestant(
        path.substring(1),
        Contestant.Standing.LIMIT,
        Target.at(port, path, workload),
        new Launch(List.of(), HEAP, serving));
  }
}
