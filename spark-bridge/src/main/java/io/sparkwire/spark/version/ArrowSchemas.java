package io.sparkwire.spark.version;

import java.lang.invoke.MethodHandle;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;

/** Arrow's schemas for Spark's types, which Spark 4.3 makes with more parameters. Stateless. */
public final class ArrowSchemas {

  private static final MethodHandle OF = SparkCode.method(ArrowUtils.class, "toArrowSchema");

  private ArrowSchemas() {}

  /**
   * The schema for a type.
   *
   * @param zone of TIMESTAMP columns
   * @param unique whether fields of a struct must have different names
   * @param large whether texts and bytes may have more than 2 GiB
   */
  public static Schema of(StructType type, String zone, boolean unique, boolean large) {
    return (Schema) SparkCode.call(OF, type, zone, unique, large);
  }
}
