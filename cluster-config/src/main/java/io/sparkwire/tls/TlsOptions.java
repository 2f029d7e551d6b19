package io.sparkwire.tls;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the listeners of a node speak TLS. Immutable.
 *
 * @param files of certificates, which may be replaced while listeners use them
 * @param clients whether the clients of services show certificates
 */
public record TlsOptions(TlsFiles files, TlsProfile profile, ClientCertificates clients) {

  public static final ConfigOption<ClientCertificates> CLIENT_AUTH =
      ConfigOption.of(
          "tls-client-auth",
          OptionType.choice(List.of(ClientCertificates.values())),
          "off",
          "Whether clients of services show a certificate that --tls-trust has signed");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          TlsFiles.CERT,
          TlsFiles.KEY,
          TlsFiles.KEY_STORE,
          TlsFiles.PASSWORD_FILE,
          TlsProfile.PROTOCOLS,
          TlsProfile.CIPHERS,
          CLIENT_AUTH,
          TlsFiles.TRUST);

  public TlsOptions {
    if (clients != ClientCertificates.OFF && files.trust().isEmpty()) {
      throw new IllegalArgumentException("option 'tls-client-auth' needs the option 'tls-trust'");
    }
  }

  /**
   * Reads them by their kebab-case keys; empty if none is given: then listeners speak clear text.
   *
   * @throws IllegalArgumentException if a key is unknown, a value out of its range, or another
   *     option is missing
   */
  public static Optional<TlsOptions> of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TlsOptions(
                TlsFiles.of(options), TlsProfile.of(options), CLIENT_AUTH.from(options)));
  }
}
