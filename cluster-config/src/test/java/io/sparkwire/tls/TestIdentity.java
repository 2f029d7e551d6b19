package io.sparkwire.tls;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A private key and its certificate, for a server or a client of tests. Immutable. */
public record TestIdentity(PrivateKey key, X509Certificate certificate, X509Certificate issuer) {

  public static final String PASSWORD = "secret";

  /** Writes certificate and key as PEM files; returns the options that name them. */
  public Map<String, String> write(Path directory) {
    Path cert = directory.resolve("cert.pem");
    Path secret = directory.resolve("key.pem");
    write(cert, pem("CERTIFICATE", encoded(certificate)));
    write(secret, pem("PRIVATE KEY", key.getEncoded()));
    return Map.of("tls-cert", cert.toString(), "tls-key", secret.toString());
  }

  /** Writes them as one PKCS#12 file; returns the options that name it. */
  public Map<String, String> writeStore(Path directory) {
    Path store = directory.resolve("node.p12");
    Path password = directory.resolve("password");
    try (OutputStream out = Files.newOutputStream(store)) {
      store().store(out, PASSWORD.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    write(password, PASSWORD + "\n");
    return Map.of(
        "tls-keystore", store.toString(), "tls-keystore-password-file", password.toString());
  }

  /** Writes certificates as one PEM file; returns its name. */
  public static String writeTrust(Path directory, X509Certificate... trusted) {
    StringBuilder all = new StringBuilder();
    for (X509Certificate one : trusted) {
      all.append(pem("CERTIFICATE", encoded(one)));
    }
    Path file = directory.resolve("trust.pem");
    write(file, all.toString());
    return file.toString();
  }

  /** Writes certificates as one PKCS#12 file, with the password that all these files have. */
  public static Path writeTrustStore(Path directory, X509Certificate... trusted) {
    Path file = directory.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate one : trusted) {
        store.setCertificateEntry(one.getSerialNumber().toString(), one);
      }
      store.store(out, PASSWORD.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("node", key, PASSWORD.toCharArray(), new Certificate[] {certificate, issuer});
    return store;
  }

  /** TLS of a client that trusts one authority, and shows no certificate. */
  public static SSLContext trusting(X509Certificate authority) {
    return client(null, authority);
  }

  /** TLS of a client with this certificate that trusts one authority. */
  public SSLContext trustingAs(X509Certificate authority) {
    return client(this, authority);
  }

  /** TLS of a client with this certificate that takes any server. */
  public SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys().getKeyManagers(), InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext client(TestIdentity identity, X509Certificate authority) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity == null ? null : identity.keys().getKeyManagers(),
          trust.getTrustManagers(),
          null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManagerFactory keys() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(), PASSWORD.toCharArray());
    return keys;
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] content) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }

  /** As tools that renew certificates do: in one step. */
  private static void write(Path file, String text) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
