package io.sparkwire.httpclient.calls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How calls speak TLS. Files are read where the calls are made. Immutable.
 *
 * @param trustedPem certificates in PEM that servers may show instead of those of the JVM's trust
 *     store; null for the JVM's
 * @param cert PEM file: the certificate of the client, and those between it and its root; null if
 *     there is none, as with all others
 * @param key PEM file: its private key
 * @param keystore PKCS#12 file: both of them, instead of the two above
 * @param passwordFile the password of the key store is in its first line
 */
public record ClientTls(
    String trustedPem, String cert, String key, String keystore, String passwordFile)
    implements Serializable {

  /** The trust store of the JVM, and no certificate of the client. */
  public static final ClientTls USUAL = new ClientTls(null, null, null, null, null);

  /** What a host's certificate must name. */
  private static final String HOST = "HTTPS";

  public ClientTls {
    require(cert == null || keystore == null, "give 'clientCert' or 'clientKeystore', not both");
    requireBoth("clientCert", cert, "clientKey", key);
    requireBoth("clientKeystore", keystore, "clientKeystorePasswordFile", passwordFile);
  }

  private static void requireBoth(String one, String first, String other, String second) {
    require(
        (first == null) == (second == null),
        "param '" + one + "' needs the param '" + other + "', and the other way round");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** For servers that the client does not show its certificate. */
  ClientSSLOptions withoutKey() {
    ClientSSLOptions options = new ClientSSLOptions().setHostnameVerificationAlgorithm(HOST);
    return trustedPem == null
        ? options
        : options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(trustedPem)));
  }

  /**
   * For the server that is called. Reads the files.
   *
   * @throws IllegalArgumentException if one cannot be read; names its param
   */
  ClientSSLOptions withKey() {
    KeyCertOptions keys = keys();
    return keys == null ? withoutKey() : withoutKey().setKeyCertOptions(keys);
  }

  private KeyCertOptions keys() {
    if (keystore != null) {
      String password =
          read("clientKeystorePasswordFile", passwordFile)
              .toString(StandardCharsets.UTF_8)
              .lines()
              .findFirst()
              .orElse("");
      return new PfxOptions().setValue(read("clientKeystore", keystore)).setPassword(password);
    }
    return cert == null
        ? null
        : new PemKeyCertOptions()
            .addCertValue(read("clientCert", cert))
            .addKeyValue(read("clientKey", key));
  }

  private static Buffer read(String param, String file) {
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "param '" + param + "' must be a file, but there is no '" + file + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "param '" + param + "': cannot read '" + file + "': " + e.getMessage(), e);
    }
  }
}
