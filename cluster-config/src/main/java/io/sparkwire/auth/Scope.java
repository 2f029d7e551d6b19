package io.sparkwire.auth;

import java.util.regex.Pattern;

/**
 * What a principal may do, as clients' files and tokens name it. Stateless.
 *
 * <p>{@code serve:NAME} is to send requests to one service and to read about it, {@code serve:*}
 * that for all of them, and {@code admin} to read the status of the node and its cluster.
 */
public final class Scope {

  public static final String ADMIN = "admin";

  static final String ALL_SERVICES = "serve:*";

  private static final String OF_SERVICE = "serve:";
  private static final Pattern KNOWN = Pattern.compile("admin|serve:(\\*|[A-Za-z0-9._-]+)");

  private Scope() {}

  /** To send requests to a service. */
  public static String of(String service) {
    return OF_SERVICE + service;
  }

  static boolean isOfService(String scope) {
    return scope.startsWith(OF_SERVICE);
  }

  static boolean isKnown(String scope) {
    return KNOWN.matcher(scope).matches();
  }
}
