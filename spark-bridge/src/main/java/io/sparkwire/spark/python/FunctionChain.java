package io.sparkwire.spark.python;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.python.PythonFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Python functions of which each gets the result of the one before. Immutable.
 *
 * @param functions from the first to the last
 * @param arguments of the first one
 */
record FunctionChain(List<PythonFunction> functions, List<Argument> arguments)
    implements Serializable {

  FunctionChain {
    functions = List.copyOf(functions);
    arguments = List.copyOf(arguments);
  }

  /**
   * A column that a function gets.
   *
   * @param offset its number in the input
   * @param name of the parameter; null if it is passed by position
   */
  record Argument(int offset, String name) implements Serializable {}

  /**
   * The chain that ends with a function.
   *
   * @param inputs gets the arguments that it does not have yet
   */
  static FunctionChain of(PythonUDF last, InputColumns inputs) {
    List<PythonFunction> functions = new ArrayList<>();
    PythonUDF first = last;
    functions.add(first.func());
    while (argumentsOf(first).size() == 1 && argumentsOf(first).get(0) instanceof PythonUDF inner) {
      first = inner;
      functions.add(0, first.func());
    }
    return new FunctionChain(functions, argumentsOf(first).stream().map(inputs::add).toList());
  }

  private static List<Expression> argumentsOf(PythonUDF function) {
    return CollectionConverters.asJava(function.children());
  }
}
