package io.sparkwire.tls;

import io.sparkwire.options.ConfigOption;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A private key with its certificates, and those that it trusts, each in a PEM file that is read
 * once. Immutable.
 */
public record PemIdentity(Buffer cert, Buffer key, Buffer trust) {

  /** A file that an option names. */
  public record File(String option, String name) {

    /**
     * The file that is given for an option.
     *
     * @param files by the keys of their options
     */
    public File(ConfigOption<String> option, Map<String, String> files) {
      this(option.name(), files.get(option.name()));
    }

    private Buffer read() {
      return CertificateFiles.read(option, name);
    }
  }

  /**
   * Reads the files, and checks that they belong together and are valid now.
   *
   * @throws IllegalStateException if they are of no use; says why
   */
  public static PemIdentity read(File cert, File key, File trust) {
    PemIdentity identity = new PemIdentity(cert.read(), key.read(), trust.read());
    try {
      KeyPair.of(new CertificateFiles(identity.cert(), identity.key(), null, null, null));
      TrustedCertificates.manager(identity.trust());
      return identity;
    } catch (Exception e) { // such as those of parsers, checked or not
      throw new IllegalStateException(
          "the certificates of option '" + cert.option() + "' cannot be used: " + e.getMessage(),
          e);
    }
  }

  @Override
  public String toString() {
    return "PemIdentity"; // what it has is secret
  }
}
