package io.sparkwire.spark.python;

import java.util.Set;
import org.apache.spark.api.python.PythonEvalType;

/** The kinds of Python functions that workers compute. Constants only. */
final class Kinds {

  /** A function of values, which travel pickled. */
  static final int PICKLED = PythonEvalType.SQL_BATCHED_UDF();

  /** Functions of rows. */
  static final Set<Integer> MAPPING =
      Set.of(PythonEvalType.SQL_MAP_PANDAS_ITER_UDF(), PythonEvalType.SQL_MAP_ARROW_ITER_UDF());

  /** From Spark 4.1 on, PySpark's {@code SQL_SCALAR_ARROW_UDF}. */
  private static final int SCALAR_ARROW = 250;

  /** From Spark 4.1 on, PySpark's {@code SQL_SCALAR_ARROW_ITER_UDF}. */
  private static final int SCALAR_ARROW_ITER = 251;

  /** Functions of columns, which travel in Arrow's format. */
  static final Set<Integer> ARROW =
      Set.of(
          PythonEvalType.SQL_ARROW_BATCHED_UDF(),
          PythonEvalType.SQL_SCALAR_PANDAS_UDF(),
          PythonEvalType.SQL_SCALAR_PANDAS_ITER_UDF(),
          SCALAR_ARROW,
          SCALAR_ARROW_ITER);

  private Kinds() {}
}
