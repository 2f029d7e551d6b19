package io.sparkwire.protocol;

import io.sparkwire.endpoint.SharedEndpoints;
import java.util.List;

/** The protocols whose paths are those of listeners and not of services. Stateless. */
public final class Protocols {

  private static final List<SharedEndpoints> ALL =
      List.of(new ScoringEndpoints(), new InferenceEndpoints());

  private Protocols() {}

  /** All of them. */
  public static List<SharedEndpoints> all() {
    return ALL;
  }
}
