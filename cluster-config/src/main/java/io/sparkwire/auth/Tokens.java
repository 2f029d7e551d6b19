package io.sparkwire.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.NoSuchKeyIdException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks JSON Web Tokens: signature, issuer, audience, {@code exp} and {@code nbf}.
 *
 * <p>A signature is verified once; further requests with the same token are checked against the
 * time alone, as long as the issuer's keys are the same. Thread-safe.
 */
final class Tokens {

  static final String INVALID = "the token is not valid here";
  static final String EXPIRED = "the token has expired";
  static final String EARLY = "the token is not valid yet";

  private static final int MOST_KEPT = 10_000;
  private static final int MOST_CHARACTERS = 16_384;

  private final KeySource keys;
  private final Duration skew;
  private final String scopeClaim;
  private final Cache<ByteBuffer, Verified> verified =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  /**
   * A token whose signature is right.
   *
   * @param keys by which it was verified
   * @param from when it begins to be of use, and {@code until}: with the clock's skew
   */
  private record Verified(KeySet keys, Principal principal, Instant from, Instant until) {}

  Tokens(KeySource keys, TokenOptions options) {
    this.keys = keys;
    this.skew = options.skew();
    this.scopeClaim = options.scopeClaim();
  }

  /** Whose token it is; completes later if the issuer's keys have to be fetched again. */
  Future<Verdict> check(String token, Instant now) {
    if (token.length() > MOST_CHARACTERS) {
      return Future.succeededFuture(Verdict.refused(INVALID));
    }
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token));
    Verified known = verified.getIfPresent(digest);
    if (known != null && known.keys() == keys.current()) {
      return Future.succeededFuture(verdict(known, now));
    }
    return verified(token, digest)
        .map(good -> verdict(good, now))
        .otherwise(Verdict.refused(INVALID));
  }

  private Future<Verified> verified(String token, ByteBuffer digest) {
    KeySet current = keys.current();
    return verify(token, digest, current)
        .recover(
            e ->
                e instanceof NoSuchKeyIdException
                    ? keys.lookAgain().compose(looked -> verifyByOthers(token, digest, current, e))
                    : Future.failedFuture(e));
  }

  private Future<Verified> verifyByOthers(
      String token, ByteBuffer digest, KeySet tried, Throwable cause) {
    KeySet current = keys.current();
    return current == tried ? Future.failedFuture(cause) : verify(token, digest, current);
  }

  private Future<Verified> verify(String token, ByteBuffer digest, KeySet by) {
    return by.claims(token)
        .map(
            claims -> {
              Verified good = verified(by, claims);
              verified.put(digest, good);
              return good;
            });
  }

  /** Throws if a claim is missing, or is not what it must be. */
  private Verified verified(KeySet by, JsonObject claims) {
    Number until = claims.getNumber("exp");
    Number from = claims.getNumber("nbf", 0);
    if (until == null
        || !(claims.getValue("sub") instanceof String name)
        || !Principal.isName(name)) {
      throw new IllegalArgumentException("a token needs 'exp' and 'sub'");
    }
    return new Verified(
        by,
        new Principal(name, scopes(claims.getValue(scopeClaim))),
        Instant.ofEpochSecond(from.longValue()).minus(skew),
        Instant.ofEpochSecond(until.longValue()).plus(skew));
  }

  /** Those that are known here; a token may have others for other programs. */
  private static Set<String> scopes(Object claim) {
    List<?> all =
        claim instanceof JsonArray array
            ? array.getList()
            : claim instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
    Set<String> scopes = new LinkedHashSet<>();
    for (Object scope : all) {
      if (scope instanceof String text && Scope.isKnown(text)) {
        scopes.add(text);
      }
    }
    return scopes;
  }

  private Verdict verdict(Verified token, Instant now) {
    if (!now.isBefore(token.until())) {
      return Verdict.refused(EXPIRED);
    }
    return now.isBefore(token.from()) ? Verdict.refused(EARLY) : Verdict.of(token.principal());
  }
}
