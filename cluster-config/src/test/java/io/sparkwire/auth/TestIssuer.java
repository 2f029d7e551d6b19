package io.sparkwire.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An issuer of tokens for tests, which signs by the JDK's own code. Immutable.
 *
 * @param kid the name of its key
 */
public record TestIssuer(String kid, KeyPair keys) {

  public static final String ISSUER = "https://issuer.example/";
  public static final String AUDIENCE = "sparkwire";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  public static TestIssuer of(String kid) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new TestIssuer(kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its public key as a JSON Web Key. */
  public JsonObject jwk() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("kid", kid)
        .put("n", base64(key.getModulus()))
        .put("e", base64(key.getPublicExponent()));
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  /** The key set of some issuers. */
  public static String jwks(TestIssuer... issuers) {
    JsonArray keys = new JsonArray();
    List.of(issuers).forEach(issuer -> keys.add(issuer.jwk()));
    return new JsonObject().put("keys", keys).encode();
  }

  /** Claims of a token that is good for an hour. */
  public static JsonObject claims(String subject, String scope) {
    Instant now = Instant.now();
    return new JsonObject()
        .put("iss", ISSUER)
        .put("aud", AUDIENCE)
        .put("sub", subject)
        .put("scope", scope)
        .put("iat", now.getEpochSecond())
        .put("exp", now.plus(Duration.ofHours(1)).getEpochSecond());
  }

  public String sign(JsonObject claims) {
    JsonObject header = new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", kid);
    return sign(header, claims);
  }

  public String sign(JsonObject header, JsonObject claims) {
    String text = base64(header) + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return text + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String base64(JsonObject json) {
    return BASE64.encodeToString(json.encode().getBytes(UTF_8));
  }

  /** Writes its key set; returns the options that name it. */
  public Map<String, String> options(Path directory) {
    Path file = directory.resolve("jwks.json");
    try {
      Files.writeString(file, jwks(this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return options(file.toString());
  }

  /** The options for keys at that place. */
  public static Map<String, String> options(String keys) {
    return Map.of("auth-jwks", keys, "auth-jwt-issuer", ISSUER, "auth-jwt-audience", AUDIENCE);
  }
}
