package io.sparkwire.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The Palmer penguins, the data set that the demo learns from: 344 birds of three species, some
 * with missing values.
 *
 * <p>The file penguins.README beside it names its source. Immutable.
 *
 * @param rows lines of CSV: the species, and then {@link #COLUMNS}
 */
record Penguins(List<String> rows) {

  /** What can be measured of a bird, and the demo is asked with. */
  static final String COLUMNS =
      "island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, flipper_length_mm DOUBLE,"
          + " body_mass_g DOUBLE, sex STRING";

  /** The first of them, an Adelie. */
  static final Map<String, ?> FIRST =
      Map.of(
          "island",
          "Torgersen",
          "bill_length_mm",
          39.1,
          "bill_depth_mm",
          18.7,
          "flipper_length_mm",
          181,
          "body_mass_g",
          3750,
          "sex",
          "male");

  /** The column of the species in data that has it. */
  static final String KNOWN_SPECIES = "known_species";

  private static final String RESOURCE = "penguins.csv";
  private static final long SEED = 2020;
  private static final double TRAINING_SHARE = 0.8;

  /** All of them, from the jar. */
  static Penguins all() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Penguins.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
      return new Penguins(lines.lines().skip(1).collect(Collectors.toUnmodifiableList()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " of this jar", e);
    }
  }

  /** A random share to learn from, the same each time. */
  Penguins training() {
    return new Penguins(shuffled().subList(0, trainingSize()));
  }

  /** The others, to test what was learned. */
  Penguins heldOut() {
    return new Penguins(shuffled().subList(trainingSize(), rows.size()));
  }

  private int trainingSize() {
    return (int) (TRAINING_SHARE * rows.size());
  }

  private List<String> shuffled() {
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(SEED));
    return shuffled;
  }

  /** The columns {@link #KNOWN_SPECIES} and {@link #COLUMNS}, in one partition. */
  Dataset<Row> dataset(SparkSession spark) {
    return spark
        .read()
        .schema(KNOWN_SPECIES + " STRING, " + COLUMNS)
        .csv(spark.createDataset(rows, Encoders.STRING()).coalesce(1));
  }
}
