package io.sparkwire.python;

import java.util.Map;

/**
 * Which Python runs functions, and with what environment. Immutable.
 *
 * @param executable a path, or a name that is looked up in {@code PATH}
 * @param version of the driver's Python, like {@code 3.11}; workers must have the same
 * @param variables what is added to the environment of this JVM, {@code PYTHONPATH} included
 */
public record PythonEnvironment(String executable, String version, Map<String, String> variables) {

  public PythonEnvironment {
    variables = Map.copyOf(variables);
  }
}
