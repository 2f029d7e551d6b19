package io.sparkwire.access;

import io.sparkwire.auth.Principal;
import io.sparkwire.auth.Scope;

/**
 * What an endpoint asks of its clients, on a node that knows its clients. Immutable.
 *
 * @param scope which the client must have; empty if none is asked for
 * @param isOpen whether clients without credentials get in
 */
public record Access(String scope, boolean isOpen) {

  /** For all clients: says whether a program is alive, and nothing of services or clients. */
  public static final Access OPEN = new Access("", true);

  /** For all known clients; what it says depends on what the client may do. */
  public static final Access KNOWN = new Access("", false);

  public static final Access ADMIN = new Access(Scope.ADMIN, false);

  /** For clients of one service. */
  public static Access to(String service) {
    return new Access(Scope.of(service), false);
  }

  boolean allows(Principal client) {
    return scope.isEmpty() || client.may(scope);
  }
}
