package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.util.List;

/** The services that others call, as contestants. Stateless. */
public final class SlowServices {
  /** How long the slower ones take. */
  public static final int MILLIS = 5;

  private static final int FASTER_MILLIS = 3;
  private static final String HEAP = "256m";

  private SlowServices() {}

  public static Contestant echo() {
    return at("/echo", Workload.ECHO, MILLIS);
  }

  /** The slower one of two. */
  public static Contestant price() {
    return at("/price", Workload.PRICE, MILLIS);
  }

  public static Contestant amount() {
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
