package io.sparkwire.http;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.observers.NodeObservers;
import io.sparkwire.protocol.Protocols;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A node whose services are answered by a function instead of Spark. */
final class ServedNode implements AutoCloseable {

  final Node node;
  final NodeObservers observers;
  final Exchanges exchanges;
  final HttpListeners listeners;
  final NodeRequests requests;
  final Queue<PendingRequest> taken = new ConcurrentLinkedQueue<>();
  private final Dispatcher dispatcher;
  private final List<Closeable> connections = new ArrayList<>();

  ServedNode(int eventLoops) {
    this(new NodeOptions(eventLoops), Protocols.all());
  }

  /** One event loop, and limits given by their keys. */
  ServedNode(Map<String, String> limits) {
    this(limits, Protocols.all());
  }

  /**
   * The same.
   *
   * @param shared what its listeners have for all of their services
   */
  ServedNode(Map<String, String> options, List<SharedEndpoints> shared) {
    this(new NodeOptions(1).with(options), shared);
  }

  private ServedNode(NodeOptions options, List<SharedEndpoints> shared) {
    node = Node.embedded(new NodeId("n1"), options);
    observers = NodeObservers.start(node);
    exchanges = new Exchanges(node.id(), System::nanoTime, observers);
    dispatcher = Dispatcher.of(node, exchanges);
    requests = new NodeRequests(exchanges, dispatcher);
    listeners = new HttpListeners(node, exchanges, dispatcher::to, shared);
  }

  static ServiceSpec spec(String name, String path, Duration timeout, int maxInFlight) {
    return TestSpec.of(name).path(path).timeout(timeout).maxInFlight(maxInFlight).build();
  }

  /** Serves with the given answers; returns the service. */
  Service serve(ServiceSpec spec, Consumer<PendingRequest> answers) {
    dispatcher.take(
        spec.name(),
        request -> {
          answers.accept(request);
          return true;
        });
    return exchanges.service(spec);
  }

  /** Serves with each request's own body. */
  Service echo(ServiceSpec spec) {
    return serve(spec, r -> r.answer(ServiceReply.ok("text/plain", r.request().body())));
  }

  /** Serves without an answer; requests are in {@link #taken}. */
  Service silence(ServiceSpec spec) {
    return serve(spec, taken::add);
  }

  /** A connection to a port, which is closed with the node. */
  RawHttp connect(int port) throws IOException {
    RawHttp http = new RawHttp(port);
    connections.add(http);
    return http;
  }

  /**
   * The same of HTTP/2.
   *
   * @param window how many bytes of a response the server may send unasked
   */
  RawHttp2 connect2(int port, int window) throws IOException {
    RawHttp2 http = new RawHttp2(port, window);
    connections.add(http);
    return http;
  }

  @Override
  public void close() {
    connections.forEach(ServedNode::close);
    node.stop().await();
    observers.close();
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
