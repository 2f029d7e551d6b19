package io.sparkwire.exchange;

import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import java.util.List;

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

  /**
   * The same with fields after the body.
   *
   * @param trailers of which a protocol without such fields sends none
   */
  default Future<Void> send(ServiceReply reply, Exchange exchange, List<Header> trailers) {
    return send(reply, exchange);
  }
}
