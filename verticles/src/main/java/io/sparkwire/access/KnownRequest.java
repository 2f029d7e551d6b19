package io.sparkwire.access;

import io.sparkwire.auth.Principal;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.util.Optional;

/**
 * A request of a client that is known: by the subject of its certificate, by a principal, or by
 * both. The pipeline gets these names as header fields, and not the credentials.
 *
 * <p>Runs on: event loop.
 */
public final class KnownRequest extends HttpServerRequestWrapper {

  private final Principal principal;
  private final MultiMap headers;

  /**
   * @param principal null where no credentials are asked for
   * @param subject null if the client has shown no certificate
   * @param secret the header field with the credentials; null if they are in none
   */
  KnownRequest(
      HttpServerRequest request, Principal principal, String subject, CharSequence secret) {
    super((HttpServerRequestInternal) request);
    this.principal = principal;
    this.headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    if (secret != null) {
      headers.remove(secret);
    }
    if (subject != null) {
      headers.add(ServiceRequest.CLIENT_SUBJECT, subject);
    }
    if (principal != null && !principal.equals(Principal.ANONYMOUS)) {
      headers.add(ServiceRequest.PRINCIPAL, principal.name());
    }
  }

  /**
   * The principal of a request that has passed a gate, or {@link Principal#ANONYMOUS}; empty where
   * all clients are served.
   */
  public static Optional<Principal> principal(HttpServerRequest request) {
    return request instanceof KnownRequest known
        ? Optional.ofNullable(known.principal)
        : Optional.empty();
  }

  /** Whether the client of a request that has passed a gate may use that service. */
  public static boolean mayUse(HttpServerRequest request, String service) {
    return principal(request).map(Access.to(service)::allows).orElse(true);
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
