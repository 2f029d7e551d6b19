package io.sparkwire.load.server;

import io.sparkwire.load.client.Recording;
import io.sparkwire.load.client.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The servers of one deep network, and their command lines: Sparkwire, ONNX Runtime behind a bare
 * server, and MLServer with ONNX Runtime.
 *
 * <p>All are sent the same rows, which a program writes down together with what ONNX Runtime
 * computes for each.
 */
public final class OnnxContestants {
  /** Sparkwire as it is by default, which computes rows that wait together. */
  public static final String SPARKWIRE = "sparkwire";

  /** Sparkwire, one row at a time. */
  public static final String SPARKWIRE_SINGLE = "sparkwire-single";

  public static final String BARE_LOOP = "bare-loop";
  public static final String BARE_WORKERS = "bare-workers";
  public static final String MLSERVER = "mlserver";

  /** In which order they begin. */
  public static final List<String> NAMES =
      List.of(SPARKWIRE_SINGLE, SPARKWIRE, BARE_LOOP, BARE_WORKERS, MLSERVER);

  /** By which a number of a reply may be off. */
  private static final double TOLERANCE = 1e-4;

  private static final String SERVICE = "network";
  private static final List<String> ONE_ROW = List.of("--onnx-batch", "1");

  private final OnnxOptions options;
  private final Path exchanges;
  private final IntSupplier freePort;

  /**
   * @param exchanges where requests and their right replies are to be written
   * @param freePort gives another free port each time
   */
  public OnnxContestants(OnnxOptions options, Path exchanges, IntSupplier freePort) {
    this.options = options;
    this.exchanges = exchanges;
    this.freePort = freePort;
  }

  /**
   * The contestant of this name.
   *
   * @param name one of {@link #NAMES}
   * @param jar Sparkwire's fat jar
   * @throws IllegalArgumentException if there is no such contestant
   */
  public Contestant named(String name, Path jar) {
    return switch (name) {
      case SPARKWIRE -> sparkwire(name, new SparkJar(jar), List.of());
      case SPARKWIRE_SINGLE -> sparkwire(name, new SparkJar(jar), ONE_ROW);
      case BARE_LOOP -> bare(name, "/loop");
      case BARE_WORKERS -> bare(name, "/workers");
      case MLSERVER -> mlserver();
      default ->
          throw new IllegalArgumentException(
              "Unknown contestant %s; there are %s".formatted(name, String.join(", ", NAMES)));
    };
  }

  private Contestant sparkwire(String name, SparkJar jar, List<String> arguments) {
    int port = freePort.getAsInt();
    List<String> command =
        jar.sparkwire("serve", "--name", SERVICE, "--port", "" + port, "--onnx", network());
    List<String> threads = List.of("--onnx-threads", "" + options.threads());
    Launch launch = Launch.of(JavaCommand.join(command, threads, arguments));
    return contestant(name, Contestant.Standing.SPARKWIRE, own(port, "/" + SERVICE), launch);
  }

  private Contestant bare(String name, String path) {
    int port = freePort.getAsInt();
    Launch launch = Launch.of(peer("OnnxServer", "" + port, network(), "" + options.threads()));
    return contestant(name, Contestant.Standing.LIMIT, own(port, path), launch);
  }

  private Contestant mlserver() {
    int port = freePort.getAsInt();
    List<String> arguments =
        List.of(
            Peers.HOME.resolve("mlserver/serve_network.py").toString(),
            "" + port,
            exchanges.resolveSibling(MLSERVER + "-models").toString(),
            network(),
            "" + options.threads());
    Launch launch =
        Launch.of(
            options.python().toAbsolutePath().toString(),
            JavaCommand.join(arguments, options.mlserver()));
    Recording requests = new Recording(exchanges.resolve("v2"), TOLERANCE);
    Target target = Target.at(port, "/v2/models/" + SERVICE + "/infer", requests);
    return contestant(MLSERVER, Contestant.Standing.PEER, target, launch);
  }

  private Target own(int port, String path) {
    return Target.at(port, path, new Recording(exchanges.resolve("own"), TOLERANCE));
  }

  private Contestant contestant(
      String name, Contestant.Standing standing, Target target, Launch launch) {
    List<String> what = List.of(network(), exchanges.toString(), "" + options.length());
    String[] arguments = JavaCommand.join(what, options.inputs()).toArray(String[]::new);
    return new Contestant(name, standing, target, launch.after(peer("OnnxExchanges", arguments)));
  }

  private static List<String> peer(String main, String... arguments) {
    return JavaCommand.join(
        List.of("-cp", Peers.classPath("onnx"), "io.sparkwire.peer." + main), List.of(arguments));
  }

  private String network() {
    return options.network().toAbsolutePath().toString();
  }
}
