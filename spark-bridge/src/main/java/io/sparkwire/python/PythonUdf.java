package io.sparkwire.python;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One function of a plan, or a chain of functions that each get the result of the one before.
 * Immutable.
 *
 * @param arguments the columns that the first one gets
 * @param commands the functions with their result types, as PySpark pickled them; the first is
 *     called first
 * @param broadcasts what the functions read of Spark's broadcast variables
 */
public record PythonUdf(
    List<Argument> arguments, List<Command> commands, List<BroadcastFile> broadcasts) {

  public PythonUdf {
    arguments = List.copyOf(arguments);
    commands = List.copyOf(commands);
    broadcasts = List.copyOf(broadcasts);
  }

  /**
   * A column.
   *
   * @param offset its number in the input
   * @param name of the parameter that gets it; otherwise it is passed by position
   */
  public record Argument(int offset, Optional<String> name) {}

  /** A pickled function with its result type. Equal if the bytes are. */
  @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
  public record Command(byte[] pickled) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Command command && Arrays.equals(pickled, command.pickled);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(pickled);
    }

    @Override
    public String toString() {
      return "Command[" + pickled.length + " bytes]";
    }
  }

  /**
   * A broadcast variable.
   *
   * @param id as pickled functions name it
   * @param path of the file that has its value, not encrypted
   */
  public record BroadcastFile(long id, String path) {}
}
