package io.sparkwire.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.handler.codec.http2.Http2Error;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.Header;
import io.sparkwire.protobuf.reflection.v1.ServerReflectionRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * One call of ServerReflectionInfo: each message of the client gets an answer, until the client
 * sends no more. Runs on: event loop. Not thread-safe.
 */
final class ReflectionCall implements OpenCalls.Open {

  private static final long NO_ERROR = Http2Error.NO_ERROR.code();
  private static final long CANCEL = Http2Error.CANCEL.code();

  private final GrpcClient client;
  private final OpenCalls others;
  private final Reflection reflection;
  private Buffer unread = Buffer.buffer();
  private Future<Void> written;

  private ReflectionCall(GrpcClient client, OpenCalls others, Reflection reflection) {
    this.client = client;
    this.others = others;
    this.reflection = reflection;
  }

  static void begin(GrpcClient client, OpenCalls others, Reflection reflection) {
    ReflectionCall call = new ReflectionCall(client, others, reflection);
    HttpServerRequest http = client.request();
    others.add(call);
    client.whenGone(() -> others.remove(call));
    http.handler(call::read);
    http.endHandler(v -> call.end());
    http.response().putHeader(HttpHeaders.CONTENT_TYPE, GrpcClient.CONTENT_TYPE);
  }

  private HttpServerResponse response() {
    return client.request().response();
  }

  private void read(Buffer chunk) {
    if (!client.isGone()) {
      unread.appendBuffer(chunk);
      answerAll();
    }
  }

  /** Answers what has been sent, as far as the client reads answers. */
  private void answerAll() {
    try {
      while (!client.isGone() && hasMessage()) {
        if (response().writeQueueFull()) {
          client.request().pause();
          response().drainHandler(v -> goOn());
          return;
        }
        answer();
      }
    } catch (BadBodyException e) {
      end(GrpcStatus.ofHttp(e.failure().code().status()), e.getMessage());
    }
  }

  private void goOn() {
    response().drainHandler(null);
    answerAll();
    if (!response().writeQueueFull()) {
      client.request().resume();
    }
  }

  private boolean hasMessage() throws BadBodyException {
    if (unread.length() < GrpcMessages.PREFIX_BYTES) {
      return false;
    }
    long length = unread.getUnsignedInt(1);
    if (length > StartingCall.MOST_BYTES) {
      throw GrpcMessages.tooLarge(StartingCall.MOST_BYTES);
    }
    return unread.length() >= GrpcMessages.PREFIX_BYTES + length;
  }

  private void answer() throws BadBodyException {
    int end = GrpcMessages.PREFIX_BYTES + unread.getInt(1);
    byte[] message = unread.getBytes(0, end);
    unread = unread.getBuffer(end, unread.length());
    try {
      ServerReflectionRequest request =
          ServerReflectionRequest.parseFrom(
              GrpcMessages.only(message, client.sendsGzip(), StartingCall.MOST_BYTES));
      written = response().write(Buffer.buffer(GrpcMessages.of(reflection.answer(request))));
    } catch (InvalidProtocolBufferException e) {
      throw BadBodyException.malformed(
          "the message is no ServerReflectionRequest: " + e.getMessage());
    }
  }

  private void end() {
    boolean whole = unread.length() == 0;
    end(
        whole ? GrpcStatus.OK : GrpcStatus.INVALID_ARGUMENT,
        whole ? "" : "the call has ended within a message");
  }

  private void end(GrpcStatus status, String detail) {
    others.remove(this);
    if (!client.isGone()) {
      boolean early = !client.request().isEnded();
      end(GrpcClient.end(status, detail)).onSuccess(sent -> resetIf(early));
    }
  }

  private Future<Void> end(List<Header> fields) {
    if (written != null) {
      return StrictHttp.end(client.request(), written, fields);
    }
    fields.forEach(field -> response().putHeader(field.name(), field.value()));
    return response().end();
  }

  /** A client that has an answer need not send the rest. */
  private void resetIf(boolean early) {
    if (early) {
      response().reset(NO_ERROR);
    }
  }

  @Override
  public void giveUp(String why) {
    response().reset(CANCEL);
  }
}
