package io.sparkwire.load.server;

import java.nio.file.Path;
import java.util.List;

/**
 * The trained models that contestants serve: where they are, and the command lines that make them.
 *
 * <p>All contestants of one workload serve one model, or one that was trained in the same way where
 * they cannot read it.
 */
public final class SavedModels {
  /** Columns of a penguin. */
  static final String PENGUIN =
      "island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, flipper_length_mm DOUBLE,"
          + " body_mass_g DOUBLE, sex STRING";

  /** Column of a text. */
  static final String TEXT = "text STRING";

  private final SparkJar jar;
  private final Path directory;
  private final Path peers;

  public SavedModels(SparkJar jar, Path directory, Path peers) {
    this.jar = jar;
    this.directory = directory;
    this.peers = peers.resolve("spark/target/classes");
  }

  /** The demo's classifier: a logistic regression behind an imputer, indexers and encoders. */
  Path species() {
    return directory.resolve("species");
  }

  /** A classifier of texts: tokenizer, hashed term frequencies, logistic regression. */
  Path text() {
    return directory.resolve("text");
  }

  /** Gradient-boosted trees behind the demo's preparation of features. */
  Path trees() {
    return directory.resolve("trees");
  }

  /** The parameters of {@link #species()}, for a server that cannot read a model of Spark. */
  Path speciesParameters() {
    return directory.resolve("species.json");
  }

  public List<String> speciesTraining() {
    return jar.sparkwire("demo", "--save-to", species().toString(), "--train-only");
  }

  /** Trains {@link #text()} and {@link #trees()}. */
  List<String> otherTraining() {
    return jar.program(
        peers, "io.sparkwire.peer.TrainModels", jar.path().toString(), directory.toString());
  }

  /** No model at all: Spark with a trivial query, up to its first batch. */
  public List<String> emptySpark() {
    return jar.program(peers, "io.sparkwire.peer.EmptySpark");
  }

  /** The parameters of {@link #species()} as {@link #speciesParameters()}. */
  List<String> speciesExport() {
    return jar.program(
        peers,
        "io.sparkwire.peer.ExportSpecies",
        species().toString(),
        speciesParameters().toString());
  }
}
