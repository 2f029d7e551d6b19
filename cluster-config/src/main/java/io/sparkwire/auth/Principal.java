package io.sparkwire.auth;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A client that has proved its name. Immutable.
 *
 * @param name as the pipeline gets it: that of an API key or a subject in the file of clients, or
 *     the subject of a token
 * @param scopes what it may do
 */
public record Principal(String name, Set<String> scopes) {

  /** A client without a name, which may do nothing that asks for one. */
  public static final Principal ANONYMOUS = new Principal("", Set.of());

  private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,255}");

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /** Whether a text may be the name of one: 1 to 255 characters, and no control characters. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether it may do what the scope names. */
  public boolean may(String scope) {
    return scopes.contains(scope)
        || (Scope.isOfService(scope) && scopes.contains(Scope.ALL_SERVICES));
  }
}
