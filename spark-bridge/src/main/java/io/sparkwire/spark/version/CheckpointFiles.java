package io.sparkwire.spark.version;

/** Spark's manager of checkpoint files, whose class Spark 4.1 moved. Stateless. */
public final class CheckpointFiles {

  /** Whether Spark has the class that Sparkwire's manager extends. */
  public static final boolean CAN_BE_EXTENDED =
      SparkCode.has(
          "org.apache.spark.sql.execution.streaming.checkpointing"
              + ".FileContextBasedCheckpointFileManager");

  private CheckpointFiles() {}
}
