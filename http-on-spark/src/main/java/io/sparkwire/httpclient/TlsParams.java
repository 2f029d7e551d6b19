package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.ClientTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;

/**
 * The params of a stage that say how it speaks TLS with its service: what it trusts, and the
 * certificate that it shows. The name of the host is always checked.
 *
 * <p>Values are checked when the stage is used. Runs on: driver. Not thread-safe.
 */
public abstract class TlsParams<S extends TlsParams<S>> extends Transformer {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> trustedPem;
  private final Param<String> clientCert;
  private final Param<String> clientKey;
  private final Param<String> clientKeystore;
  private final Param<String> clientKeystorePasswordFile;

  TlsParams(String uid) {
    this.uid = uid;
    trustedPem = new Param<>(this, "trustedPem", "certificates to trust, in PEM");
    clientCert = new Param<>(this, "clientCert", "PEM file of the client's certificate");
    clientKey = new Param<>(this, "clientKey", "PEM file of the private key to it");
    clientKeystore = new Param<>(this, "clientKeystore", "PKCS#12 file with both instead");
    clientKeystorePasswordFile =
        new Param<>(this, "clientKeystorePasswordFile", "file with its password");
  }

  @Override
  public final String uid() {
    return uid;
  }

  public final Param<String> trustedPem() {
    return trustedPem;
  }

  public final Param<String> clientCert() {
    return clientCert;
  }

  public final Param<String> clientKey() {
    return clientKey;
  }

  public final Param<String> clientKeystore() {
    return clientKeystore;
  }

  public final Param<String> clientKeystorePasswordFile() {
    return clientKeystorePasswordFile;
  }

  /** Trusts these certificates, instead of those of the JVM's trust store. */
  public final S setTrustedPem(String pem) {
    return with(trustedPem, pem);
  }

  /** The same from a file, which is read now. */
  public final S setTrustedPem(Path file) throws IOException {
    return setTrustedPem(Files.readString(file));
  }

  /**
   * The same from a PKCS#12 file, which is read now.
   *
   * @throws IllegalArgumentException if it cannot be read as one with this password
   */
  public final S setTrustedKeystore(Path file, String password) throws IOException {
    StringBuilder pem = new StringBuilder();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          pem.append(pem(store.getCertificate(alias)));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("'" + file + "' is no PKCS#12 file of certificates", e);
    }
    return setTrustedPem(pem.toString());
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    byte[] line = "\n".getBytes(StandardCharsets.US_ASCII);
    String text = Base64.getMimeEncoder(64, line).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
  }

  /**
   * Shows this certificate to servers that ask for one. Tasks read the files when they begin.
   *
   * @param cert PEM: the certificate, then those between it and its root
   * @param key PEM: its private key, not encrypted
   */
  public final S setClientCert(String cert, String key) {
    with(clientCert, cert);
    return with(clientKey, key);
  }

  /**
   * The same from a PKCS#12 file.
   *
   * @param passwordFile its password is in the first line
   */
  public final S setClientKeystore(String keystore, String passwordFile) {
    with(clientKeystore, keystore);
    return with(clientKeystorePasswordFile, passwordFile);
  }

  @SuppressWarnings("unchecked")
  final <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }

  /** What the params say, checked. */
  final ClientTls tls() {
    return new ClientTls(
        orNull(trustedPem),
        orNull(clientCert),
        orNull(clientKey),
        orNull(clientKeystore),
        orNull(clientKeystorePasswordFile));
  }

  private String orNull(Param<String> param) {
    return isDefined(param) ? $(param) : null;
  }
}
