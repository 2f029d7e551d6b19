package io.sparkwire.cluster.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.sparkwire.log.Causes;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;

/** Why a connection cannot be that of another node. Stateless. */
public final class StrangerReason {

  public static final String CLEAR_TEXT =
      "it has no cluster secret, or is no node: it does not speak TLS";
  public static final String OTHER_SECRET = "it does not know this cluster's secret";
  public static final String HUNG_UP =
      "it closed the connection and did not prove that it knows this cluster's secret;"
          + " it may have none";
  public static final String NO_SECRET_HERE = "it has a cluster secret, and this node has none";

  private static final int HANDSHAKE = 22;
  private static final int ALERT = 21;
  private static final int MAJOR_VERSION = 3;

  private StrangerReason() {}

  /** What the failure of a handshake says of the other side. */
  public static String of(Throwable failure) {
    if (Causes.root(failure) instanceof NotSslRecordException) {
      return CLEAR_TEXT;
    }
    boolean isOfCertificates = Causes.chain(failure).anyMatch(StrangerReason::isOfCertificates);
    return isOfCertificates ? OTHER_SECRET : "its TLS handshake failed: " + Causes.message(failure);
  }

  private static boolean isOfCertificates(Throwable failure) {
    return failure instanceof CertificateException
        || failure instanceof CertPathBuilderException
        || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("certificate");
  }

  /** Whether a connection that begins with these bytes speaks TLS. */
  static boolean isTls(int first, int second) {
    return (first == HANDSHAKE || first == ALERT) && second == MAJOR_VERSION;
  }
}
