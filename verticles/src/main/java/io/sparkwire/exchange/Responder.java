package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;

/** The client's side of one exchange. Runs on: event loop. Called once at most. */
@FunctionalInterface
public interface Responder {

  /**
   * Begins to send a reply.
   *
   * @return completes when the client has it as far as this node knows, or has disconnected; mostly
   *     complete already
   */
  Future<Void> send(ServiceReply reply);

  /** The same where the reply is that of an exchange, of which the client may be told more. */
  default Future<Void> send(ServiceReply reply, Exchange exchange) {
    return send(reply);
  }
}
