package io.sparkwire.load.client;

import java.net.URI;
import java.util.List;

/** What a {@link Target} is asked. */
public sealed interface Requests permits Workload, Recording {
  /** The arguments of a client command for the same requests. */
  List<String> arguments();

  /**
   * A new question, for one connection.
   *
   * @param field a further one of the head; empty for none
   */
  Question question(URI url, String field);
}
