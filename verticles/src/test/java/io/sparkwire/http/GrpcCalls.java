package io.sparkwire.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A client of gRPC with one connection to a port. */
final class GrpcCalls implements Closeable {

  static final String INFERENCE = "inference.GRPCInferenceService/";

  private static final long LIMIT_SECONDS = 30;

  private final ManagedChannel channel;

  GrpcCalls(int port) {
    this(port, InsecureChannelCredentials.create());
  }

  /**
   * The same over TLS.
   *
   * @param trust PEM file with the certificate that signs that of the server
   */
  GrpcCalls(int port, Path trust) throws IOException {
    this(port, TlsChannelCredentials.newBuilder().trustManager(trust.toFile()).build());
  }

  private GrpcCalls(int port, ChannelCredentials credentials) {
    channel = Grpc.newChannelBuilder("127.0.0.1:" + port, credentials).build();
  }

  /** Messages of one kind, which are read by the parser of an example. */
  private record Messages<T extends MessageLite>(T example)
      implements MethodDescriptor.Marshaller<T> {

    @Override
    public InputStream stream(T message) {
      return message.toByteString().newInput();
    }

    @Override
    @SuppressWarnings("unchecked") // by the parser of a message of that kind
    public T parse(InputStream bytes) {
      try {
        return (T) example.getParserForType().parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> method(
      MethodType type, String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(name)
        .setRequestMarshaller(new Messages<>(request))
        .setResponseMarshaller(new Messages<>(answer))
        .build();
  }

  /**
   * Calls a method of the inference protocol.
   *
   * @param answer any of its answers
   */
  <Q extends MessageLite, A extends MessageLite> A ask(String method, Q request, A answer) {
    return ask(INFERENCE + method, request, answer, options());
  }

  /** Those of a call that fails rather than wait for long. */
  static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The same of a client that shows that API key. */
  static CallOptions as(String key) {
    return options()
        .withCallCredentials(
            new CallCredentials() {
              @Override
              public void applyRequestMetadata(
                  RequestInfo call, Executor executor, MetadataApplier applier) {
                Metadata fields = new Metadata();
                fields.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
                applier.apply(fields);
              }
            });
  }

  /** Calls a method by its full name. */
  <Q extends MessageLite, A extends MessageLite> A ask(
      String method, Q request, A answer, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
        channel, method(MethodType.UNARY, method, request, answer), options, request);
  }

  /** Begins a call. */
  <Q extends MessageLite, A extends MessageLite> Future<A> begin(
      String method, Q request, A answer) {
    return ClientCalls.futureUnaryCall(
        channel.newCall(method(MethodType.UNARY, method, request, answer), options()), request);
  }

  /**
   * Begins a call of many messages, whose answers go to the observer.
   *
   * @param request any of its requests
   * @param answer any of its answers
   */
  <Q extends MessageLite, A extends MessageLite> StreamObserver<Q> stream(
      String method, Q request, A answer, StreamObserver<A> answers) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(method(MethodType.BIDI_STREAMING, method, request, answer), options()),
        answers);
  }

  /** The status with which a call fails. */
  static Status failure(Runnable call) {
    try {
      call.run();
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
