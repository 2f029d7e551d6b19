package io.sparkwire.spark.python;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.python.PythonFunction;
import org.apache.spark.sql.types.StructType;

/**
 * The functions of one operator of a plan. Immutable.
 *
 * @param kind a number of Spark's {@code PythonEvalType}
 * @param input the columns that they get
 * @param result the columns that they give: one for each chain, or those of a map function's rows
 */
record PlannedFunctions(
    int kind, List<FunctionChain> chains, SessionConf session, StructType input, StructType result)
    implements Serializable {

  PlannedFunctions {
    chains = List.copyOf(chains);
  }

  /** Tells them from others of the same plan, also when that is planned again. */
  int identity() {
    List<PythonFunction> last = chains.get(chains.size() - 1).functions();
    return System.identityHashCode(last.get(last.size() - 1));
  }

  /** Whether they get and give whole rows, and need not give one for each. */
  boolean mapRows() {
    return Kinds.MAPPING.contains(kind);
  }
}
