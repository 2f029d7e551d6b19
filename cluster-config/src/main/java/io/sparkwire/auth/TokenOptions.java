package io.sparkwire.auth;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which JSON Web Tokens (RFC 7519) a node accepts. Immutable.
 *
 * @param keys a file or a URL with the issuer's public keys, as a JSON Web Key Set (RFC 7517)
 * @param trust PEM: certificates that sign that of the URL's server; empty for those of the JVM
 * @param issuer what the claim {@code iss} must be
 * @param audience what the claim {@code aud} must be or contain
 * @param skew how far the issuer's clock may be ahead or behind
 * @param scopeClaim the claim that has the scopes: an array, or a text with blanks between
 */
public record TokenOptions(
    String keys, String trust, String issuer, String audience, Duration skew, String scopeClaim) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public static final ConfigOption<String> KEYS =
      ConfigOption.computed(
          "auth-jwks",
          OptionType.texts("FILE|URL", keys -> isAllowed(keys), "a file, or a URL with https"),
          "none",
          "Public keys of the issuer of tokens (JWT) as a JSON Web Key Set; with an https URL, they are read again when they change");

  public static final ConfigOption<String> TRUST =
      ConfigOption.computed(
          "auth-jwks-trust",
          OptionType.texts("FILE", file -> !file.isBlank(), "a file"),
          "those of Java",
          "Certificates that sign that of the URL's server, as a PEM file");

  public static final ConfigOption<String> ISSUER =
      ConfigOption.computed(
          "auth-jwt-issuer", texts(), "none", "Claim iss of tokens that are accepted");

  public static final ConfigOption<String> AUDIENCE =
      ConfigOption.computed(
          "auth-jwt-audience", texts(), "none", "Claim aud of tokens that are accepted");

  public static final ConfigOption<Duration> SKEW =
      ConfigOption.of(
          "auth-jwt-skew",
          OptionType.durations("0s", "10m"),
          "60s",
          "How far the issuer's clock may differ");

  public static final ConfigOption<String> SCOPE_CLAIM =
      ConfigOption.of("auth-jwt-scope-claim", texts(), "scope", "Claim of tokens with the scopes");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(KEYS, TRUST, ISSUER, AUDIENCE, SKEW, SCOPE_CLAIM);

  public TokenOptions {
    KEYS.check(keys);
    require(!issuer.isEmpty(), "option 'auth-jwks' needs the option 'auth-jwt-issuer'");
    require(
        !audience.isEmpty(),
        "option 'auth-jwks' needs the option 'auth-jwt-audience', because the issuer may sign"
            + " tokens for others with the same keys");
    require(trust.isEmpty() || isUrl(keys), "option 'auth-jwks-trust' needs a URL in 'auth-jwks'");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static OptionType<String> texts() {
    return OptionType.texts("TEXT", text -> !text.isBlank(), "a text");
  }

  static boolean isUrl(String keys) {
    return keys.startsWith("https://") || keys.startsWith("http://");
  }

  /** Without TLS, anything between the two could replace the keys, unless there is nothing. */
  private static boolean isAllowed(String keys) {
    if (!isUrl(keys)) {
      return !keys.isBlank();
    }
    try {
      URI url = URI.create(keys);
      return url.getHost() != null
          && (url.getScheme().equals("https") || LOOPBACK.contains(url.getHost()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static TokenOptions of(Options options) {
    return new TokenOptions(
        KEYS.from(options, ""),
        TRUST.from(options, ""),
        ISSUER.from(options, ""),
        AUDIENCE.from(options, ""),
        SKEW.from(options),
        SCOPE_CLAIM.from(options));
  }
}
