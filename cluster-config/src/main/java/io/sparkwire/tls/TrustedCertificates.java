package io.sparkwire.tls;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates that sign those of others. Stateless. */
public final class TrustedCertificates {

  private TrustedCertificates() {}

  /**
   * Trusts whom they have signed for.
   *
   * @param pem one or more of them
   * @throws GeneralSecurityException if there is none, or one cannot be read
   */
  public static X509TrustManager manager(Buffer pem) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes()))) {
      trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
    }
    if (trusted.size() == 0) {
      throw new GeneralSecurityException("there are no certificates to trust");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
