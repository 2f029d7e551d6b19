package io.sparkwire.protocol;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Responder;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import java.util.function.UnaryOperator;

/** Sends replies in the form that a protocol has for them. Runs on: event loop. */
record ReshapingResponder(Responder client, UnaryOperator<ServiceReply> form) implements Responder {

  @Override
  public Future<Void> send(ServiceReply reply) {
    return client.send(form.apply(reply));
  }

  @Override
  public Future<Void> send(ServiceReply reply, Exchange exchange) {
    return client.send(form.apply(reply), exchange);
  }
}
