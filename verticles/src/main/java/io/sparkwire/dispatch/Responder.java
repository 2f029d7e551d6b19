package io.sparkwire.dispatch;

import io.sparkwire.protocol.ServiceReply;

/** The client's side of one exchange. Runs on: event loop. Called once at most. */
@FunctionalInterface
public interface Responder {
  void send(ServiceReply reply);
}
