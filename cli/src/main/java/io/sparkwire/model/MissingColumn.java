package io.sparkwire.model;

import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;

/** The column that Spark misses when it analyses a query. Stateless. */
final class MissingColumn {

  private MissingColumn() {}

  /** The name in such a failure; empty if the failure is another one. */
  static Optional<String> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable known
          && known.getCondition() != null
          && known.getCondition().startsWith("UNRESOLVED_COLUMN")) {
        String name = known.getMessageParameters().get("objectName");
        return Optional.of(UnresolvedAttribute.parseAttributeName(name).head());
      }
    }
    return Optional.empty();
  }
}
