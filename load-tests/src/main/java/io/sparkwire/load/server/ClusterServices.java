package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The command lines of nodes that form clusters on this machine: Sparkwire's in one, and bare ones
 * in another.
 */
public final class ClusterServices {
  private final SparkJar jar;
  private final IntSupplier freePort;
  private final List<String> more;
  private final int firstMember;
  private final int bareEcho;
  private final int bareAsk;

  public ClusterServices(Path jar, IntSupplier freePort) {
    this(jar, freePort, List.of());
  }

  /**
   * Nodes of Sparkwire's cluster get more arguments.
   *
   * @param more the same for workers and gateways
   */
  public ClusterServices(Path jar, IntSupplier freePort, List<String> more) {
    this.more = List.copyOf(more);
    this.jar = new SparkJar(jar);
    this.freePort = freePort;
    this.firstMember = freePort.getAsInt();
    this.bareEcho = freePort.getAsInt();
    this.bareAsk = freePort.getAsInt();
  }

  /** A worker of an echo service that has the contestant's name. */
  public Contestant worker(String name, String history) {
    return worker(name, name, history);
  }

  /** One of the workers of an echo service. */
  public Contestant worker(String name, String service, String history) {
    Target target = Target.at(freePort.getAsInt(), "/" + service, Workload.ECHO);
    List<String> serve =
        List.of(
            "--sql",
            "SELECT value FROM requests",
            "--schema",
            "value BIGINT",
            "--reply",
            "value",
            "--name",
            service,
            "--partitions",
            "1",
            "--history",
            history);
    return sparkwire(name, target, "serve", serve);
  }

  /** A gateway, which is asked for the service of a worker. */
  public Contestant gateway(String name, String worker) {
    Target target = Target.at(freePort.getAsInt(), "/" + worker, Workload.ECHO);
    return sparkwire(name, target, "gateway", List.of());
  }

  private Contestant sparkwire(String name, Target target, String command, List<String> own) {
    List<String> membership =
        List.of(
            "--port",
            "" + target.url().getPort(),
            "--cluster-name",
            "hop-" + firstMember,
            "--cluster-port",
            "" + firstMember,
            "--join",
            "127.0.0.1:" + firstMember);
    List<String> serving = JavaCommand.join(jar.sparkwire(command), own, membership, more);
    return new Contestant(name, Contestant.Standing.SPARKWIRE, target, Launch.of(serving));
  }

  /** The bare node that echoes what either of them is asked. */
  public Contestant bareEcho(String name) {
    return bare(name, bareEcho, bareAsk, "echo");
  }

  /** The bare node that has the other one answer. */
  public Contestant bareAsk(String name) {
    return bare(name, bareAsk, bareEcho, "ask");
  }

  private Contestant bare(String name, int member, int other, String role) {
    Target target = Target.at(freePort.getAsInt(), BareClusterNode.ROUTE, Workload.ECHO);
    List<String> serving =
        List.of(
            "-cp",
            JavaCommand.classPath(),
            BareClusterNode.class.getName(),
            "" + target.url().getPort(),
            "" + member,
            "" + other,
            role);
    return new Contestant(name, Contestant.Standing.LIMIT, target, Launch.of(serving));
  }
}
