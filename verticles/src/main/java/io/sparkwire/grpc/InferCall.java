package io.sparkwire.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.endpoint.RequestContent;
import io.sparkwire.endpoint.TranslatedRequest;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Responder;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One call of ModelInfer as its service sees it: a request over REST, and what takes the reply.
 *
 * <p>Runs on: event loop, but for the translation of large messages. Not thread-safe.
 */
final class InferCall extends HttpServerRequestWrapper implements TranslatedRequest, Responder {

  /** Says how many bytes of a body are JSON, where tensors in binary follow. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  /** A message of so many bytes is translated in about 50 µs. */
  private static final int QUICK_BYTES = 64 * 1024;

  /** Fields that mean nothing to a service, or something that gRPC cannot do. */
  private static final Set<String> LEFT_OUT = Set.of("te", "prefer", "content-encoding");

  private static final String OF_GRPC = "grpc-";

  private final GrpcClient client;
  private final ServiceSpec service;
  private Buffer first;
  private boolean raw;
  private String id = "";

  /**
   * @param first what has been read of the body
   */
  InferCall(GrpcClient client, ServiceSpec service, Buffer first) {
    super((HttpServerRequestInternal) client.request());
    this.client = client;
    this.service = service;
    this.first = first;
  }

  @Override
  public HttpServerRequest handler(Handler<Buffer> chunks) {
    super.handler(chunks);
    if (first != null && chunks != null) {
      Buffer read = first;
      first = null;
      chunks.handle(read);
    }
    return this;
  }

  @Override
  public boolean takesLong(int bytes) {
    return bytes > QUICK_BYTES || client.sendsGzip();
  }

  @Override
  public RequestContent translate(byte[] sent, long most) throws BadBodyException {
    ModelInferRequest message = parse(sent, most);
    String version = Integer.toString(service.schema().version());
    if (!message.getModelVersion().isEmpty() && !message.getModelVersion().equals(version)) {
      throw InferenceCalls.unknown(message.getModelName(), message.getModelVersion());
    }
    raw = message.getRawInputContentsCount() > 0;
    id = message.getId();
    InferBody body = InferBody.of(message, most);
    return new RequestContent(fields(body), body.bytes());
  }

  private ModelInferRequest parse(byte[] sent, long most) throws BadBodyException {
    try {
      CodedInputStream message = GrpcMessages.only(sent, client.sendsGzip(), most).newCodedInput();
      message.enableAliasing(true);
      return ModelInferRequest.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw BadBodyException.malformed("the message is no ModelInferRequest: " + e.getMessage());
    } catch (IOException e) {
      throw BadBodyException.malformed("the message cannot be read: " + e.getMessage());
    }
  }

  private MultiMap fields(InferBody body) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    headers().forEach((name, value) -> add(fields, name, value));
    return fields
        .set(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
        .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.bytes().length))
        .set(JSON_LENGTH, Integer.toString(body.jsonLength()));
  }

  private static void add(MultiMap fields, String name, String value) {
    if (!LEFT_OUT.contains(name) && !name.startsWith(OF_GRPC)) {
      fields.add(name, value);
    }
  }

  @Override
  public Future<Void> send(ServiceReply reply) {
    return send(reply, null);
  }

  @Override
  public Future<Void> send(ServiceReply reply, Exchange exchange) {
    if (!GrpcStatus.isSuccess(reply)) {
      return client.fail(reply, exchange);
    }
    if (reply.status() == ServiceReply.NO_CONTENT) {
      return client.send(empty(), reply.headers(), exchange);
    }
    Future<ModelInferResponse> made =
        reply.body().length > QUICK_BYTES
            ? Vertx.currentContext().executeBlocking(() -> InferAnswer.of(reply, raw), false)
            : answer(reply);
    return made.transform(answer -> send(answer, reply, exchange));
  }

  private Future<ModelInferResponse> answer(ServiceReply reply) {
    try {
      return Future.succeededFuture(InferAnswer.of(reply, raw));
    } catch (BadBodyException e) {
      return Future.failedFuture(e);
    }
  }

  /** The answer to a request whose rows the pipeline has left out. */
  private ModelInferResponse empty() {
    return ModelInferResponse.newBuilder()
        .setModelName(service.name())
        .setModelVersion(Integer.toString(service.schema().version()))
        .setId(id)
        .build();
  }

  private Future<Void> send(
      AsyncResult<ModelInferResponse> answer, ServiceReply reply, Exchange exchange) {
    if (answer.succeeded()) {
      List<Header> fields =
          reply.headers().stream().filter(f -> !f.name().equalsIgnoreCase(JSON_LENGTH)).toList();
      return client.send(answer.result(), fields, exchange);
    }
    return answer.cause() instanceof BadBodyException e
        ? client.fail(e.failure().toReply(), exchange)
        : client.fail(GrpcStatus.UNAVAILABLE, "the node is stopping");
  }
}
