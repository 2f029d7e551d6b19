package io.sparkwire.model;

import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Where a model comes from. */
public interface ModelSource {

  /** A name for its service. */
  String name();

  /** Where it is, as the user has said it. */
  String text();

  /** The argument of the command line that names it, as a shell reads it. */
  String argument();

  /**
   * Checks, without Spark, what can be checked.
   *
   * @throws IllegalStateException if it is not there, or not allowed; says what to do
   */
  void check(AllowedStages allowed);

  /**
   * Loads it.
   *
   * @throws IllegalStateException if it cannot be loaded or is not allowed; says why
   */
  Transformer load(SparkSession spark, AllowedStages allowed);

  /**
   * The columns of a request as someone has noted them beside it; empty if that is not so.
   *
   * @throws IllegalStateException if what is noted cannot be read
   */
  Optional<StructType> signature(SparkSession spark);
}
