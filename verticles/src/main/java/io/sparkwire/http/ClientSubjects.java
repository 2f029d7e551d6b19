package io.sparkwire.http;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Requests with the subject of their client's certificate, as the field {@link
 * ServiceRequest#CLIENT_SUBJECT}.
 *
 * <p>Only for listeners that ask for certificates. Runs on: event loop.
 */
final class ClientSubjects {

  private static final AttributeKey<String> SUBJECT =
      AttributeKey.valueOf(ClientSubjects.class, "subject");

  /** Of a connection whose client has shown no certificate. */
  private static final String NONE = "";

  private ClientSubjects() {}

  /** A handler that gives requests on to the next one with that field, if their client has one. */
  static Handler<HttpServerRequest> naming(Handler<HttpServerRequest> next) {
    return request -> {
      String subject = of(request.connection());
      next.handle(subject.equals(NONE) ? request : new Named(request, subject));
    };
  }

  /** Read once for each connection: a second handshake fails. */
  private static String of(HttpConnection connection) {
    Attribute<String> known = ((ConnectionBase) connection).channel().attr(SUBJECT);
    String subject = known.get();
    if (subject == null) {
      subject = read(connection);
      known.set(subject);
    }
    return subject;
  }

  private static String read(HttpConnection connection) {
    try {
      X509Certificate own = (X509Certificate) connection.sslSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return NONE;
    }
  }

  private static final class Named extends HttpServerRequestWrapper {

    private final MultiMap headers;

    Named(HttpServerRequest request, String subject) {
      super((HttpServerRequestInternal) request);
      this.headers =
          MultiMap.caseInsensitiveMultiMap()
              .addAll(request.headers())
              .add(ServiceRequest.CLIENT_SUBJECT, subject);
    }

    @Override
    public MultiMap headers() {
      return headers;
    }

    @Override
    public String getHeader(String name) {
      return headers.get(name);
    }

    @Override
    public String getHeader(CharSequence name) {
      return headers.get(name);
    }
  }
}
