package io.sparkwire.secret;

import io.sparkwire.tls.PemIdentity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate with which a node proves that it knows the secret, and what proves it of others.
 * Its private key is in no file, and ends with the process. Immutable.
 *
 * @param keys the node's key, with a chain that a node trusts that knows any one of the secrets
 * @param trust PEM: the authorities of all of the secrets
 */
public record NodeCertificate(PemKeyCertOptions keys, Buffer trust) {

  private static final String CURVE = "secp256r1";

  /**
   * Makes a new one.
   *
   * @param name of the node, by which no other recognises it
   */
  public static NodeCertificate of(ClusterSecret secret, String name) {
    List<SecretAuthority> authorities = SecretAuthority.of(secret);
    KeyPair keys = newKeys();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(authorities.get(0).issue(new X500Principal("CN=node " + name), keys.getPublic()));
    for (int i = 1; i < authorities.size(); i++) {
      chain.add(authorities.get(i).certify(authorities.get(i - 1)));
    }
    return new NodeCertificate(
        new PemKeyCertOptions()
            .addKeyValue(pem("PRIVATE KEY", keys.getPrivate().getEncoded()))
            .addCertValue(pem(chain)),
        pem(authorities.stream().map(SecretAuthority::certificate).toList()));
  }

  /** One that others have made. */
  public static NodeCertificate of(PemIdentity identity) {
    return new NodeCertificate(
        new PemKeyCertOptions().addKeyValue(identity.key()).addCertValue(identity.cert()),
        identity.trust());
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + CURVE, e);
    }
  }

  private static Buffer pem(List<X509Certificate> certificates) {
    Buffer pem = Buffer.buffer();
    for (X509Certificate certificate : certificates) {
      try {
        pem.appendBuffer(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("it has just been made", e);
      }
    }
    return pem;
  }

  private static Buffer pem(String type, byte[] content) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return Buffer.buffer(
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  @Override
  public String toString() {
    return "NodeCertificate";
  }
}
