package io.sparkwire.load.server;

import java.util.List;
import java.util.stream.Stream;

/**
 * The command of a server. All arguments are those of {@code java}.
 *
 * @param preparations runs that must have ended well before the server starts, in this order; what
 *     several servers need is done once
 * @param heap as {@code -Xmx} takes it; empty for the heap that every server gets
 * @param serving arguments of the server
 */
public record Launch(List<List<String>> preparations, String heap, List<String> serving) {

  /** A server that needs nothing done before, and the heap of all others. */
  public static Launch of(List<String> serving) {
    return new Launch(List.of(), "", serving);
  }

  /** The same after one more run. */
  Launch after(List<String> preparation) {
    return new Launch(
        Stream.concat(preparations.stream(), Stream.of(preparation)).toList(), heap, serving);
  }
}
