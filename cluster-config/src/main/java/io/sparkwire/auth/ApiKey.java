package io.sparkwire.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An API key: {@code sw_ID_SECRET}. The id finds its entry in the file of clients, which has the
 * SHA-256 of the whole key and not the key.
 *
 * <p>The secret has 256 random bits, so a fast digest is enough: there is nothing to guess that a
 * slow one would protect. Immutable.
 *
 * @param id 12 lower-case hexadecimal digits; no secret
 * @param text the whole key, which is secret
 */
public record ApiKey(String id, String text) {

  private static final String PREFIX = "sw_";
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;
  private static final int ID_END = PREFIX.length() + 2 * ID_BYTES;
  private static final int LENGTH = ID_END + 1 + 43;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** A new one. */
  public static ApiKey random(SecureRandom random) {
    String id = HexFormat.of().formatHex(bytes(random, ID_BYTES));
    return new ApiKey(id, PREFIX + id + '_' + BASE64.encodeToString(bytes(random, SECRET_BYTES)));
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Whether a text claims to be one. */
  static boolean isMeant(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * The key that a text is; null if it has not the form of one. The secret is not looked at: that
   * would take a time that depends on it.
   */
  static ApiKey of(String text) {
    boolean hasForm =
        text.length() == LENGTH && text.startsWith(PREFIX) && text.charAt(ID_END) == '_';
    return hasForm ? new ApiKey(text.substring(PREFIX.length(), ID_END), text) : null;
  }

  /** The SHA-256 of the whole key, as the file of clients has it in hexadecimal digits. */
  public byte[] digest() {
    return Sha256.of(text);
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }
}
