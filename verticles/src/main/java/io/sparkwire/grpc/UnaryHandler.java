package io.sparkwire.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sparkwire.access.KnownRequest;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.Responder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/** Answers the calls of one method with a small message. Runs on: event loop. */
record UnaryHandler(UnaryMethod method, OpenCalls starting) implements EndpointHandler {

  @Override
  public void handle(HttpServerRequest http, Map<String, String> parameters, Responder responder) {
    GrpcClient client = new GrpcClient(http, responder);
    if (!client.refuses()) {
      StartingCall.await(client, starting, (all, isAll) -> isAll && answers(client, all));
    }
  }

  private boolean answers(GrpcClient client, Buffer all) throws BadBodyException {
    client.send(answer(client, all), List.of(), null);
    return true;
  }

  private MessageLite answer(GrpcClient client, Buffer all) throws BadBodyException {
    try {
      return method.answer(
          GrpcMessages.only(all.getBytes(), client.sendsGzip(), StartingCall.MOST_BYTES),
          name -> KnownRequest.mayUse(client.request(), name));
    } catch (InvalidProtocolBufferException e) {
      throw BadBodyException.malformed("the message is not one of the method: " + e.getMessage());
    }
  }
}
