package io.sparkwire.load.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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

/**
 * Signs JSON Web Tokens with an RSA key of 2,048 bits, whose public part is in a file.
 *
 * @param keySet the file, a JSON Web Key Set
 */
public record TokenIssuer(KeyPair keys, Path keySet) {
  private static final String ISSUER = "https://issuer.example/";
  private static final String AUDIENCE = "sparkwire";
  private static final int BITS = 2_048;
  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Makes a key, and the file. */
  public static TokenIssuer make(Path directory) throws IOException {
    KeyPair keys;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has RSA", e);
    }
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    String set =
        """
        {"keys": [{"kty": "RSA", "kid": "k", "use": "sig", "n": "%s", "e": "%s"}]}
        """
            .formatted(base64(key.getModulus()), base64(key.getPublicExponent()));
    Files.createDirectories(directory);
    return new TokenIssuer(keys, Files.writeString(directory.resolve("keys.json"), set));
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }

  /** A token for all services. */
  public String token() {
    String head = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k\"}");
    String claims =
        base64(
            """
            {"iss":"%s","aud":"%s","sub":"load","scope":"serve:*","exp":%d}"""
                .formatted(ISSUER, AUDIENCE, Instant.now().plus(VALIDITY).getEpochSecond()));
    String text = head + '.' + claims;
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return text + '.' + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has RSA", e);
    }
  }

  /** The arguments of {@code serve}. */
  public List<String> arguments() {
    return List.of(
        "--auth-jwks",
        keySet.toString(),
        "--auth-jwt-issuer",
        ISSUER,
        "--auth-jwt-audience",
        AUDIENCE);
  }
}
