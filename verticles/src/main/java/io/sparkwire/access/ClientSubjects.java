package io.sparkwire.access;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The subjects of the certificates that clients have shown.
 *
 * <p>Only for listeners that ask for certificates. Runs on: event loop.
 */
final class ClientSubjects {

  private static final AttributeKey<String> SUBJECT =
      AttributeKey.valueOf(ClientSubjects.class, "subject");

  /** Of a connection whose client has shown no certificate. */
  private static final String NONE = "";

  private ClientSubjects() {}

  /**
   * As RFC 2253 writes it; null if there is no certificate. Read once for each connection: a second
   * handshake fails.
   */
  static String of(HttpConnection connection) {
    Attribute<String> known = ((ConnectionBase) connection).channel().attr(SUBJECT);
    String subject = known.get();
    if (subject == null) {
      subject = read(connection);
      known.set(subject);
    }
    return subject.equals(NONE) ? null : subject;
  }

  private static String read(HttpConnection connection) {
    try {
      X509Certificate own = (X509Certificate) connection.sslSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return NONE;
    }
  }
}
