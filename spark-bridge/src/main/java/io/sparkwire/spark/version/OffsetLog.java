package io.sparkwire.spark.version;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.Offset;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * The log of offsets in a query's checkpoint, as Spark reads it. Spark 4.1 moved its class, and 4.2
 * changed how it is made and what it holds.
 *
 * <p>Immutable. Runs on: driver.
 */
public record OffsetLog(SparkSession spark, String directory) {

  private static final String PACKAGE = "org.apache.spark.sql.execution.streaming.";

  private static final Class<?> LOG =
      SparkCode.type(PACKAGE + "checkpointing.OffsetSeqLog", PACKAGE + "OffsetSeqLog");

  private static final Class<?> ENTRY =
      SparkCode.type(
          PACKAGE + "checkpointing.OffsetSeqBase",
          PACKAGE + "checkpointing.OffsetSeq",
          PACKAGE + "OffsetSeq");

  private static final MethodHandle OPEN = SparkCode.constructor(LOG);
  private static final MethodHandle LATEST = SparkCode.method(LOG, "getLatest");
  private static final MethodHandle OFFSETS = SparkCode.method(ENTRY, "offsets");
  private static final MethodHandle METADATA = SparkCode.method(ENTRY, "metadataOpt", "metadata");

  /**
   * What is written of one epoch.
   *
   * @param hasMetadata of the epoch, which the continuous trigger does not write
   * @param offsets of the query's sources, as JSON; empty where a source has none
   */
  public record Entry(boolean hasMetadata, List<Optional<String>> offsets) {}

  /**
   * The latest entry; empty if there is none.
   *
   * <p>Throws what Spark throws if it cannot be read, checked or not.
   */
  public Optional<Entry> latest() {
    Option<?> latest = (Option<?>) SparkCode.call(LATEST, SparkCode.call(OPEN, spark, directory));
    return OptionConverters.toJava(latest).map(found -> entry(((Tuple2<?, ?>) found)._2()));
  }

  private static Entry entry(Object found) {
    Iterable<?> offsets = (Iterable<?>) SparkCode.call(OFFSETS, found);
    return new Entry(
        ((Option<?>) SparkCode.call(METADATA, found)).isDefined(),
        CollectionConverters.asJavaCollection(offsets).stream()
            .map(offset -> OptionConverters.toJava((Option<?>) offset))
            .map(offset -> offset.map(json -> ((Offset) json).json()))
            .toList());
  }
}
