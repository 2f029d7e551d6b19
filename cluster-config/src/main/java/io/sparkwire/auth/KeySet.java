package io.sparkwire.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.impl.jose.JWK;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The public keys of an issuer at one time, and what checks tokens by them. Two are never equal.
 * Immutable.
 */
final class KeySet {

  /** Not {@code oct}: what verifies by a shared secret can sign, too. */
  private static final Set<String> PUBLIC = Set.of("RSA", "EC", "OKP");

  private static final int MOST_KEYS = 100;

  private final JWTAuth verifier;
  private final Set<String> ids;

  private KeySet(JWTAuth verifier, Set<String> ids) {
    this.verifier = verifier;
    this.ids = ids;
  }

  /**
   * Reads a JSON Web Key Set. Keys that this program does not know are left out.
   *
   * @throws IllegalStateException if it is no such set, or has no key of use
   */
  static KeySet parse(Vertx vertx, TokenOptions options, Buffer content) {
    List<JsonObject> keys = new ArrayList<>();
    for (Object key : keys(content)) {
      if (key instanceof JsonObject object && isOfUse(object)) {
        keys.add(object);
      }
    }
    if (keys.isEmpty()) { // with none, Vert.x would accept tokens without a signature
      throw new IllegalStateException("the key set has no public key that verifies signatures");
    }
    JWTOptions claims =
        new JWTOptions()
            .setIssuer(options.issuer())
            .setAudience(List.of(options.audience()))
            .setIgnoreExpiration(true); // which is checked for each request
    JWTAuth verifier =
        JWTAuth.create(vertx, new JWTAuthOptions().setJwks(keys).setJWTOptions(claims));
    return new KeySet(
        verifier,
        keys.stream()
            .filter(key -> key.getValue("kid") instanceof String)
            .map(key -> key.getString("kid"))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static JsonArray keys(Buffer content) {
    try {
      JsonArray keys = content.toJsonObject().getJsonArray("keys");
      if (keys != null && keys.size() <= MOST_KEYS) {
        return keys;
      }
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalStateException("the key set is no JSON object with an array 'keys'", e);
    }
    throw new IllegalStateException(
        "the key set needs an array 'keys' of " + MOST_KEYS + " at most");
  }

  private static boolean isOfUse(JsonObject key) {
    try {
      String use = key.getString("use");
      return PUBLIC.contains(key.getString("kty", ""))
          && (use == null || use.equals("sig"))
          && new JWK(key).publicKey() != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The ids of the keys that have one. */
  Set<String> ids() {
    return ids;
  }

  /** The claims of a token that this issuer has signed for this audience, at whatever time. */
  Future<JsonObject> claims(String token) {
    return Future.succeededFuture(new TokenCredentials(token))
        .compose(verifier::authenticate) // which throws where claims have other types
        .map(user -> user.attributes().getJsonObject("accessToken"));
  }
}
