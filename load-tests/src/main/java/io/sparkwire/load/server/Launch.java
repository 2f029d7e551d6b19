package io.sparkwire.load.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * The command of a server, which is mostly a program in Java: then all arguments are those of
 * {@code java}, as are those of its preparations.
 *
 * @param program to run in place of {@code java}; empty for that
 * @param preparations runs that must have ended well before the server starts, in this order; what
 *     several servers need is done once
 * @param heap as {@code -Xmx} takes it; empty for the heap that every server in Java gets
 * @param serving arguments of the server
 */
public record Launch(
    String program, List<List<String>> preparations, String heap, List<String> serving) {

  /** A server in Java. */
  public Launch(List<List<String>> preparations, String heap, List<String> serving) {
    this("", preparations, heap, serving);
  }

  /** A server that needs nothing done before, and the heap of all others. */
  public static Launch of(List<String> serving) {
    return new Launch(List.of(), "", serving);
  }

  /** Another program than one in Java. */
  static Launch of(String program, List<String> arguments) {
    return new Launch(program, List.of(), "", arguments);
  }

  /** The same after one more run. */
  Launch after(List<String> preparation) {
    return new Launch(
        program,
        Stream.concat(preparations.stream(), Stream.of(preparation)).toList(),
        heap,
        serving);
  }

  /**
   * All of the command.
   *
   * @param usual the heap that every server in Java gets
   */
  List<String> command(String usual) {
    return program.isEmpty()
        ? JavaCommand.server(heap.isEmpty() ? usual : heap, serving)
        : JavaCommand.join(List.of(program), serving);
  }
}
