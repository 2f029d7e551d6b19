package io.sparkwire.tls;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;

/**
 * The private key of a node with its certificates, which belong together and are valid now.
 *
 * @param keys gives key and certificates to handshakes
 * @param certificate of the node itself
 */
record KeyPair(X509KeyManager keys, X509Certificate certificate) {

  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  /** What is in memory is read without. */
  private static final Vertx NO_VERTX = null;

  private static final byte[] SAMPLE = {1, 2, 3, 4};

  /**
   * @throws Exception if the files have no such pair; its message says why
   */
  static KeyPair of(CertificateFiles files) throws Exception {
    X509KeyManager keys =
        Stream.of(options(files).getKeyManagerFactory(NO_VERTX).getKeyManagers())
            .filter(X509KeyManager.class::isInstance)
            .map(X509KeyManager.class::cast)
            .findFirst()
            .orElseThrow();
    String alias =
        KEY_TYPES.stream()
            .map(type -> keys.getServerAliases(type, null))
            .filter(Objects::nonNull)
            .flatMap(Arrays::stream)
            .findFirst()
            .orElseThrow(() -> new GeneralSecurityException("there is no key with a certificate"));
    X509Certificate certificate = keys.getCertificateChain(alias)[0];
    certificate.checkValidity();
    checkBelongs(keys.getPrivateKey(alias), certificate);
    return new KeyPair(keys, certificate);
  }

  private static KeyCertOptions options(CertificateFiles files) {
    return files.keyStore() == null
        ? new PemKeyCertOptions().addCertValue(files.cert()).addKeyValue(files.key())
        : new PfxOptions().setValue(files.keyStore()).setPassword(files.password());
  }

  private static void checkBelongs(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())
        || !verifies(key, certificate)) {
      throw new GeneralSecurityException("the private key is not that of the certificate");
    }
  }

  private static boolean verifies(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatureOf(key));
    signature.initSign(key);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SAMPLE);
    return signature.verify(signed);
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
