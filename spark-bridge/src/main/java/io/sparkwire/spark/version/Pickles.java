package io.sparkwire.spark.version;

import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.python.BatchEvalPythonExec$;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import scala.collection.Iterator;

/**
 * Rows as Spark pickles them for Python, which it does with other parameters in 4.0 and in 4.3.
 *
 * <p>The method is bound when the class is loaded, so that a call costs what a call of it costs.
 * Stateless.
 */
public final class Pickles {

  private static final String METHOD = "getInputIterator";
  private static final boolean KNOW_BYTES = SparkCode.has(SQLConf.class, "pysparkBinaryAsBytes");
  private static final MethodHandle PICKLE = pickle();

  private Pickles() {}

  /** As Spark 4.1 has it: rows, their type, how many make a batch, and whether BINARY is bytes. */
  private static MethodHandle pickle() {
    BatchEvalPythonExec$ spark = BatchEvalPythonExec$.MODULE$;
    MethodHandle own = SparkCode.method(spark.getClass(), METHOD).bindTo(spark);
    MethodHandle same =
        switch (own.type().parameterCount()) {
          case 3 -> dropArguments(own, 3, boolean.class);
          case 6 -> insertArguments(own, 4, defaultOf(spark, 5), defaultOf(spark, 6));
          default -> own;
        };
    return same.asType(
        methodType(Iterator.class, Iterator.class, StructType.class, int.class, boolean.class));
  }

  private static Object defaultOf(BatchEvalPythonExec$ spark, int parameter) {
    return SparkCode.call(
        SparkCode.method(spark.getClass(), METHOD + "$default$" + parameter), spark);
  }

  /** Whether a session's functions get BINARY as {@code bytes}, which Spark 4.0 cannot do. */
  public static boolean binaryAsBytes(SQLConf session) {
    return KNOW_BYTES && session.pysparkBinaryAsBytes();
  }

  /** All rows in one pickle. */
  public static byte[] of(
      Iterator<InternalRow> rows, StructType type, int count, boolean binaryAsBytes) {
    try {
      return (byte[]) ((Iterator<?>) PICKLE.invokeExact(rows, type, count, binaryAsBytes)).next();
    } catch (Throwable e) { // Spark's own, as it is
      Platform.throwException(e);
      throw new IllegalStateException(e); // not reached
    }
  }
}
