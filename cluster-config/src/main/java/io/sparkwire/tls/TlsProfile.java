package io.sparkwire.tls;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Which versions of TLS and which cipher suites are spoken. Immutable.
 *
 * @param protocols one or both of TLSv1.2 and TLSv1.3
 * @param ciphers by their names in Java; at least one for each version
 */
public record TlsProfile(List<String> protocols, List<String> ciphers) {

  private static final String TLS_1_3 = "TLSv1.3";
  private static final Set<String> KNOWN_PROTOCOLS = Set.of("TLSv1.2", TLS_1_3);

  /** A suite of TLS 1.2 also names how keys are exchanged; one of TLS 1.3 does not. */
  private static final String OF_TLS_1_2 = "_WITH_";

  public static final ConfigOption<List<String>> PROTOCOLS =
      ConfigOption.of(
          "tls-protocols",
          OptionType.lists("PROTOCOL", "TLSv1.2 or TLSv1.3"),
          "TLSv1.2,TLSv1.3",
          "Versions of TLS that are spoken");

  public static final ConfigOption<List<String>> CIPHERS =
      ConfigOption.computed(
          "tls-ciphers",
          OptionType.lists("SUITE", "a cipher suite of this JVM, and one for each version of TLS"),
          "those of Mozilla's intermediate profile",
          "Cipher suites, by their names in Java");

  /**
   * The intermediate profile of Mozilla's guidelines, without key exchange by finite fields: its
   * cost for a server is out of proportion to that for an attacker.
   */
  static final List<String> INTERMEDIATE =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  public TlsProfile {
    PROTOCOLS.require(!protocols.isEmpty(), String.join(",", protocols));
    protocols.forEach(name -> PROTOCOLS.require(KNOWN_PROTOCOLS.contains(name), name));
    Set<String> known = supported();
    ciphers.forEach(name -> CIPHERS.require(known.contains(name), name));
    for (String protocol : protocols) {
      boolean has = ciphers.stream().anyMatch(name -> isOf(name, protocol));
      CIPHERS.require(has, String.join(",", ciphers));
    }
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }

  private static boolean isOf(String cipher, String protocol) {
    return cipher.contains(OF_TLS_1_2) != protocol.equals(TLS_1_3);
  }

  private static Set<String> supported() {
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  static TlsProfile of(Options options) {
    return new TlsProfile(PROTOCOLS.from(options), CIPHERS.from(options, INTERMEDIATE));
  }
}
