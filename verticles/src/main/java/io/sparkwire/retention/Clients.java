package io.sparkwire.retention;

import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;

/** Whose requests are kept: each known client has idempotency keys and replies of its own. */
final class Clients {

  private Clients() {}

  /** What distinguishes the client of a request in names; empty if it is not known. */
  static String suffix(MultiMap headers) {
    String principal = headers.get(ServiceRequest.PRINCIPAL);
    if (principal != null) {
      return "\np:" + principal; // a line feed is in no key, no path and no name of a client
    }
    String subject = headers.get(ServiceRequest.CLIENT_SUBJECT);
    return subject == null ? "" : "\ns:" + subject;
  }
}
