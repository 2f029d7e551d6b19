package io.sparkwire.spark.python;

import io.sparkwire.spark.version.Pickles;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.execution.python.ArrowPythonRunner$;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What the session's settings say about Python functions. Immutable.
 *
 * @param executable the Python that all of its functions run in; null for that of the function
 * @param largeTypes whether Arrow has 64-bit offsets for strings and binaries
 * @param binaryAsBytes whether functions get {@code bytes} for binaries, and not {@code bytearray}
 * @param worker what Spark tells its own workers
 */
record SessionConf(
    String executable,
    String timeZone,
    boolean largeTypes,
    boolean binaryAsBytes,
    Map<String, String> worker)
    implements Serializable {

  static SessionConf of(SQLConf conf) {
    return new SessionConf(
        conf.pysparkWorkerPythonExecutable().getOrElse(() -> null),
        conf.sessionLocalTimeZone(),
        conf.arrowUseLargeVarTypes(),
        Pickles.binaryAsBytes(conf),
        new HashMap<>(
            CollectionConverters.asJava(ArrowPythonRunner$.MODULE$.getPythonRunnerConfMap(conf))));
  }
}
