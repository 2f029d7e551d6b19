package io.sparkwire.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What curl must be told of the certificates of a service. Stateless. */
public final class CurlArguments {

  private CurlArguments() {}

  /** Nothing where curl finds out by itself. */
  public static List<String> of(TlsOptions tls) {
    List<String> arguments = new ArrayList<>();
    String cert = tls.files().cert();
    if (!cert.isEmpty() && isSelfSigned(Path.of(cert))) {
      arguments.addAll(List.of("--cacert", cert));
    }
    if (tls.clients() == ClientCertificates.REQUIRED) {
      arguments.addAll(List.of("--cert", "client.pem", "--key", "client-key.pem"));
    }
    return arguments;
  }

  /** False as well if the file cannot be read here; it may be one of other machines. */
  private static boolean isSelfSigned(Path cert) {
    try (InputStream in = Files.newInputStream(cert)) {
      X509Certificate first =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return first.getIssuerX500Principal().equals(first.getSubjectX500Principal());
    } catch (IOException | CertificateException e) {
      return false;
    }
  }
}
