package io.sparkwire.load;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** The catalogue of servers that can be measured: the one place where their command lines stand. */
final class Contestants {
  static final String BARE_JSON = "bare-json";
  static final String BARE_HANDOFF = "bare-handoff";
  static final String ECHO = "echo";
  static final String LR = "lr";

  private static final String PENGUIN =
      "island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, flipper_length_mm DOUBLE,"
          + " body_mass_g DOUBLE, sex STRING";

  private final Path jar;
  private final Path model;
  private final IntSupplier freePort;

  /**
   * @param jar Sparkwire's fat jar
   * @param model where the penguin classifier is to be saved
   * @param freePort gives another free port each time
   */
  Contestants(Path jar, Path model, IntSupplier freePort) {
    this.jar = jar;
    this.model = model;
    this.freePort = freePort;
  }

  /** Whether this contestant is made of Sparkwire's jar. */
  static boolean needsJar(String name) {
    return name.equals(ECHO) || name.equals(LR);
  }

  /**
   * The contestants of these names, in this order and each once.
   *
   * @param triggers one {@code echo} contestant is made for each
   * @throws IllegalArgumentException if a name is unknown
   */
  List<Contestant> select(List<String> names, List<String> triggers) {
    return names.stream().distinct().flatMap(name -> named(name, triggers)).toList();
  }

  private Stream<Contestant> named(String name, List<String> triggers) {
    return switch (name) {
      case BARE_JSON -> Stream.of(bareJson(BARE_JSON));
      case BARE_HANDOFF -> Stream.of(bare(BARE_HANDOFF, "/handoff"));
      case ECHO -> triggers.stream().map(this::echo);
      case LR -> Stream.of(logisticRegression());
      default ->
          throw new IllegalArgumentException(
              "Unknown contestant %s; there are %s, %s, %s and %s"
                  .formatted(name, BARE_JSON, BARE_HANDOFF, ECHO, LR));
    };
  }

  /** The bare server that parses and writes JSON. */
  Contestant bareJson(String name) {
    return bare(name, "/json");
  }

  private Contestant bare(String name, String path) {
    int port = freePort.getAsInt();
    List<String> serving =
        List.of("-cp", JavaCommand.classPath(), BareServer.class.getName(), "" + port);
    return new Contestant(name, port, path, Workload.ECHO, List.of(), serving);
  }

  private Contestant echo(String trigger) {
    return echo(ECHO + "-" + trigger, List.of("--trigger", trigger));
  }

  private List<String> echoOn(int port) {
    return sparkwire(
        "serve",
        "--sql",
        "SELECT value FROM requests",
        "--schema",
        "value BIGINT",
        "--reply",
        "value",
        "--port",
        "" + port,
        "--path",
        "/echo");
  }

  /** The echo service, with more arguments of {@code serve}. */
  Contestant echo(String name, List<String> arguments) {
    int port = freePort.getAsInt();
    List<String> serving = Stream.concat(echoOn(port).stream(), arguments.stream()).toList();
    return new Contestant(name, port, "/echo", Workload.ECHO, List.of(), serving);
  }

  private Contestant logisticRegression() {
    int port = freePort.getAsInt();
    List<String> training = sparkwire("demo", "--save-to", model.toString(), "--train-only");
    List<String> serving =
        sparkwire(
            "serve",
            "--model",
            model.toString(),
            "--schema",
            PENGUIN,
            "--reply",
            "species,probability",
            "--port",
            "" + port,
            "--path",
            "/species");
    return new Contestant(LR, port, "/species", Workload.SPECIES, training, serving);
  }

  private List<String> sparkwire(String... arguments) {
    return Stream.concat(Stream.of("-jar", jar.toString()), Stream.of(arguments)).toList();
  }
}
