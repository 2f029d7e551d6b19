package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The catalogue of servers that can be measured, by their names.
 *
 * <p>{@link SparkwireServices} and {@link Peers} have the command lines of all but the bare server.
 */
public final class Contestants {
  public static final String BARE_JSON = "bare-json";
  public static final String BARE_HANDOFF = "bare-handoff";
  static final String ECHO = "echo";
  static final String LR = "lr";
  static final String TEXT = "text";
  static final String TREES = "trees";
  static final String FAULTY = "faulty";

  private static final List<String> SERVICES = List.of(ECHO, LR, TEXT, TREES, FAULTY);
  private static final List<String> KNOWN =
      JavaCommand.join(List.of(BARE_JSON, BARE_HANDOFF), SERVICES, Peers.NAMES);

  private final IntSupplier freePort;
  private final SparkwireServices sparkwire;
  private final Peers peers;

  /**
   * @param jar Sparkwire's fat jar
   * @param models where models are to be saved
   * @param freePort gives another free port each time
   */
  public Contestants(Path jar, Path models, IntSupplier freePort) {
    this.freePort = freePort;
    SparkJar sparkJar = new SparkJar(jar);
    SavedModels saved = new SavedModels(sparkJar, models, Peers.HOME);
    sparkwire = new SparkwireServices(sparkJar, saved, freePort);
    peers = new Peers(sparkJar, saved, freePort);
  }

  /**
   * The contestants for this workload.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  public static List<String> beside(String workload) {
    return JavaCommand.join(List.of(BARE_JSON, BARE_HANDOFF, workload), Peers.of(workload));
  }

  /** Whether this contestant is started with Sparkwire's jar, or what lies in it. */
  public static boolean needsJar(String name) {
    return SERVICES.contains(name) || Peers.NAMES.contains(name);
  }

  /**
   * The contestants of these names, in this order and each once.
   *
   * @param triggers one contestant of each of Sparkwire's services is made for each
   * @throws IllegalArgumentException if a name is unknown
   */
  public List<Contestant> select(List<String> names, List<String> triggers) {
    return names.stream().distinct().flatMap(name -> named(name, triggers)).toList();
  }

  /** Sparkwire's own services among these names, as those of an earlier build. */
  public List<Contestant> selectEarlier(List<String> names, List<String> triggers) {
    List<String> services = names.stream().filter(SERVICES::contains).toList();
    return select(services, triggers).stream().map(Contestant::earlier).toList();
  }

  private Stream<Contestant> named(String name, List<String> triggers) {
    return switch (name) {
      case BARE_JSON -> Stream.of(bareJson(BARE_JSON));
      case BARE_HANDOFF -> Stream.of(bare(BARE_HANDOFF, "/handoff"));
      case ECHO, LR, TEXT, TREES, FAULTY ->
          triggers.stream().map(trigger -> service(name, trigger));
      default -> Stream.of(peer(name));
    };
  }

  private Contestant service(String name, String trigger) {
    String full = name + "-" + trigger;
    List<String> arguments = List.of("--trigger", trigger);
    return switch (name) {
      case LR -> sparkwire.species(full, arguments);
      case TEXT -> sparkwire.text(full, arguments);
      case TREES -> sparkwire.trees(full, arguments);
      case FAULTY -> sparkwire.faulty(full, arguments);
      default -> sparkwire.echo(full, arguments);
    };
  }

  private Contestant peer(String name) {
    if (!Peers.NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "Unknown contestant %s; there are %s".formatted(name, String.join(", ", KNOWN)));
    }
    return peers.named(name);
  }

  /** The bare server that parses and writes JSON. */
  public Contestant bareJson(String name) {
    return bare(name, "/json");
  }

  private Contestant bare(String name, String path) {
    return bare(name, path, List.of());
  }

  private Contestant bare(String name, String path, List<String> tls) {
    int port = freePort.getAsInt();
    List<String> serving =
        JavaCommand.join(
            List.of("-cp", JavaCommand.classPath(), BareServer.class.getName(), "" + port), tls);
    return new Contestant(
        name, Contestant.Standing.LIMIT, Target.at(port, path, Workload.ECHO), Launch.of(serving));
  }

  /** The bare server that parses and writes JSON, over TLS. */
  public Contestant bareTls(String name, TlsKeystore keystore) {
    return bare(name, "/json", List.of(keystore.file().toString(), keystore.password())).secured();
  }

  /** The echo service over TLS. */
  public Contestant echoTls(String name, TlsKeystore keystore) {
    return sparkwire.echo(name, keystore.arguments()).secured();
  }

  /** The echo service, with more arguments of {@code serve}. */
  public Contestant echo(String name, List<String> arguments) {
    return sparkwire.echo(name, arguments);
  }

  /** A service of this query that echoes, with more arguments of {@code serve}. */
  public Contestant sql(String name, String sql, List<String> arguments) {
    return sparkwire.sql(name, sql, arguments);
  }

  /** A gateway of the cluster in which the echo service is. */
  public Contestant gateway(String name, List<String> arguments) {
    return sparkwire.gateway(name, arguments);
  }
}
