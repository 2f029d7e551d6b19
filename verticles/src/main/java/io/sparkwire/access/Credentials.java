package io.sparkwire.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.auth.Auth;
import io.sparkwire.auth.Verdict;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Base64;
import java.util.List;

/**
 * What a request shows to say who sends it. Immutable.
 *
 * <p>That is one of {@code Authorization: Bearer} with an API key or a token, {@code X-API-Key}, or
 * {@code Authorization: Basic} with an API key as the password, which browsers and many clients can
 * send. The user name beside it is not read.
 *
 * @param field the header field with it
 * @param kind how it is written there
 */
record Credentials(CharSequence field, Kind kind, String secret) {

  static final CharSequence API_KEY = HttpHeaders.createOptimized("x-api-key");

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  enum Kind {
    KEY,
    BEARER,
    /** More than one, or in no form that is known. */
    UNREADABLE
  }

  /** Those of a request; null if it has none. */
  static Credentials of(MultiMap headers) {
    List<String> authorization = headers.getAll(HttpHeaders.AUTHORIZATION);
    List<String> keys = headers.getAll(API_KEY);
    if (authorization.isEmpty() && keys.isEmpty()) {
      return null;
    }
    if (authorization.size() + keys.size() > 1) {
      return new Credentials(HttpHeaders.AUTHORIZATION, Kind.UNREADABLE, "");
    }
    return keys.isEmpty()
        ? ofAuthorization(authorization.get(0).strip())
        : new Credentials(API_KEY, Kind.KEY, keys.get(0).strip());
  }

  private static Credentials ofAuthorization(String value) {
    if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return inAuthorization(Kind.BEARER, value.substring(BEARER.length()).strip());
    }
    if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return inAuthorization(Kind.KEY, password(value.substring(BASIC.length()).strip()));
    }
    return inAuthorization(Kind.UNREADABLE, "");
  }

  private static Credentials inAuthorization(Kind kind, String secret) {
    return new Credentials(HttpHeaders.AUTHORIZATION, kind, secret);
  }

  private static String password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  Future<Verdict> check(Auth auth) {
    return kind == Kind.BEARER ? auth.bearer(secret) : Future.succeededFuture(auth.key(secret));
  }

  @Override
  public String toString() {
    return "Credentials[" + kind + "]"; // the rest is secret
  }
}
