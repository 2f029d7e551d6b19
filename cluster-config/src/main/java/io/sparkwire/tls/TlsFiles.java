package io.sparkwire.tls;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;

/**
 * The files that listeners have their certificates from; empty for those that are not given.
 * Immutable.
 *
 * @param cert PEM: the certificate of the node, and those between it and its root
 * @param key PEM: its private key
 * @param keyStore PKCS#12: both of them, instead of the two above
 * @param password of the key store, in the first line of this file
 * @param trust PEM: the certificates that sign those of clients
 */
public record TlsFiles(String cert, String key, String keyStore, String password, String trust) {

  private static final OptionType<String> FILE =
      OptionType.texts("FILE", file -> !file.isBlank(), "a file");

  public static final ConfigOption<String> CERT =
      ConfigOption.computed(
          "tls-cert",
          FILE,
          "none",
          "Certificates of the node as a PEM file, its own first; all listeners speak TLS then");

  public static final ConfigOption<String> KEY =
      ConfigOption.computed("tls-key", FILE, "none", "Private key to it as a PEM file");

  public static final ConfigOption<String> KEY_STORE =
      ConfigOption.computed(
          "tls-keystore", FILE, "none", "PKCS#12 file with both, instead of these two");

  public static final ConfigOption<String> PASSWORD_FILE =
      ConfigOption.computed(
          "tls-keystore-password-file",
          FILE,
          "none",
          "File with the password of --tls-keystore in its first line");

  public static final ConfigOption<String> TRUST =
      ConfigOption.computed(
          "tls-trust", FILE, "none", "Certificates that sign those of clients, as a PEM file");

  public TlsFiles {
    boolean pem = !cert.isEmpty() || !key.isEmpty();
    require(pem != !keyStore.isEmpty(), "give 'tls-cert' and 'tls-key', or 'tls-keystore'");
    require(
        cert.isEmpty() == key.isEmpty(),
        "option 'tls-cert' needs the option 'tls-key', and the other way round");
    require(
        keyStore.isEmpty() == password.isEmpty(),
        "option 'tls-keystore' needs the option 'tls-keystore-password-file', and the other way round");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static TlsFiles of(Options options) {
    return new TlsFiles(
        CERT.from(options, ""),
        KEY.from(options, ""),
        KEY_STORE.from(options, ""),
        PASSWORD_FILE.from(options, ""),
        TRUST.from(options, ""));
  }
}
