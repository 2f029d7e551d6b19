package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The command lines of other ways to serve, each on a class path of its own below {@code
 * load-tests/peers}.
 */
public final class Peers {
  static final String MLEAP_FRAME = "mleap-frame";
  static final String MLEAP_ROW = "mleap-row";
  static final String NAIVE_LR = "naive-lr";
  static final String NAIVE_TEXT = "naive-text";
  static final String NAIVE_TREES = "naive-trees";
  static final String SYNAPSEML_ECHO = "synapseml-echo";
  static final String SYNAPSEML_LR = "synapseml-lr";
  static final String SYNAPSEML_TEXT = "synapseml-text";
  static final String SYNAPSEML_FAULTY = "synapseml-faulty";

  /** At the end of a name: as its users tune it by hand. */
  static final String TUNED = "-tuned";

  private static final Map<String, List<String>> BY_WORKLOAD =
      Map.of(
          "echo", List.of(SYNAPSEML_ECHO + TUNED, SYNAPSEML_ECHO),
          "lr", List.of(MLEAP_FRAME, MLEAP_ROW, NAIVE_LR, SYNAPSEML_LR + TUNED, SYNAPSEML_LR),
          "text", List.of(NAIVE_TEXT, SYNAPSEML_TEXT + TUNED, SYNAPSEML_TEXT),
          "trees", List.of(NAIVE_TREES),
          "faulty", List.of(SYNAPSEML_FAULTY + TUNED, SYNAPSEML_FAULTY));

  static final List<String> NAMES =
      BY_WORKLOAD.values().stream().flatMap(List::stream).sorted().toList();

  /** Where they are built. */
  public static final Path HOME = Path.of("load-tests", "peers").toAbsolutePath();

  private static final String TUNED_HEAP = "6g";

  private final SparkJar jar;
  private final SavedModels models;
  private final IntSupplier freePort;

  Peers(SparkJar jar, SavedModels models, IntSupplier freePort) {
    this.jar = jar;
    this.models = models;
    this.freePort = freePort;
  }

  /**
   * The peers that can do this workload.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  static List<String> of(String workload) {
    List<String> peers = BY_WORKLOAD.get(workload);
    if (peers == null) {
      throw new IllegalArgumentException(
          "Unknown workload %s; there are echo, lr, text, trees and faulty".formatted(workload));
    }
    return peers;
  }

  /**
   * @param name one of {@link #NAMES}
   */
  Contestant named(String name) {
    return switch (name) {
      case MLEAP_FRAME -> mleap(name, "/frame");
      case MLEAP_ROW -> mleap(name, "/row");
      case NAIVE_LR ->
          naive(name, Workload.SPECIES, models.species(), SavedModels.PENGUIN, "species");
      case NAIVE_TEXT -> naive(name, Workload.TEXT, models.text(), SavedModels.TEXT, "prediction");
      case NAIVE_TREES ->
          naive(name, Workload.TREES, models.trees(), SavedModels.PENGUIN, "prediction");
      case SYNAPSEML_ECHO, SYNAPSEML_ECHO + TUNED -> synapseml(name, "echo", Workload.ECHO);
      case SYNAPSEML_LR, SYNAPSEML_LR + TUNED -> synapseml(name, "lr", Workload.SPECIES);
      case SYNAPSEML_TEXT, SYNAPSEML_TEXT + TUNED -> synapseml(name, "text", Workload.TEXT);
      case SYNAPSEML_FAULTY, SYNAPSEML_FAULTY + TUNED -> synapseml(name, "faulty", Workload.ECHO);
      default -> throw new IllegalArgumentException("Unknown peer " + name);
    };
  }

  /** MLeap behind Vert.x: its runtime without Spark, with the parameters of the same model. */
  private Contestant mleap(String name, String path) {
    int port = freePort.getAsInt();
    List<String> serving =
        List.of(
            "-cp",
            classPath("mleap"),
            "io.sparkwire.peer.MleapServer",
            "" + port,
            models.speciesParameters().toString());
    Launch launch =
        Launch.of(serving).after(models.speciesTraining()).after(models.speciesExport());
    return peer(name, Target.at(port, path, Workload.SPECIES), launch);
  }

  /** One call of {@code PipelineModel.transform} for each request. */
  private Contestant naive(
      String name, Workload workload, Path model, String schema, String reply) {
    int port = freePort.getAsInt();
    List<String> serving =
        jar.program(
            HOME.resolve("spark/target/classes"),
            "io.sparkwire.peer.NaiveServer",
            "" + port,
            model.toString(),
            schema,
            reply);
    List<String> training =
        workload == Workload.SPECIES ? models.speciesTraining() : models.otherTraining();
    return peer(name, Target.at(port, "/", workload), Launch.of(serving).after(training));
  }

  /**
   * SynapseML's Spark Serving: with its defaults, or with what helps it most: the continuous
   * trigger, one partition, no delay of small packets, and a large heap.
   */
  private Contestant synapseml(String name, String pipeline, Workload workload) {
    boolean tuned = name.endsWith(TUNED);
    int port = freePort.getAsInt();
    List<String> main =
        List.of(
            "-cp",
            classPath("synapseml"),
            "io.sparkwire.peer.SynapseServer",
            "" + port,
            pipeline,
            tuned ? "tuned" : "default",
            jar.path().toString());
    List<String> flags = tuned ? List.of("-Dsun.net.httpserver.nodelay=true") : List.of();
    Launch launch =
        new Launch(List.of(), tuned ? TUNED_HEAP : "", JavaCommand.join(jar.opens(), flags, main));
    return peer(name, Target.at(port, "/api", workload), launch);
  }

  private static Contestant peer(String name, Target target, Launch launch) {
    return new Contestant(name, Contestant.Standing.PEER, target, launch);
  }

  static String classPath(String peer) {
    Path target = HOME.resolve(peer).resolve("target");
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
  }
}
