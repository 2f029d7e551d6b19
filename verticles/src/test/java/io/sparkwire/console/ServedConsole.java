package io.sparkwire.console;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.admin.AdminServer;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.observers.NodeObservers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A node by itself with a console, whose services are computed by callbacks. */
final class ServedConsole implements Closeable {

  final Node node;
  final NodeObservers observers;
  final NodeRequests requests;
  final int port;
  private final Map<String, Service> services = new ConcurrentHashMap<>();

  ServedConsole(Map<String, String> options) {
    node = Node.embedded(new NodeId("n1"), new NodeOptions(1).with(options));
    observers = NodeObservers.start(node);
    Exchanges exchanges = new Exchanges(node.id(), System::nanoTime, observers);
    requests = new NodeRequests(exchanges, Dispatcher.of(node, exchanges));
    node.publishStatus(this::status);
    port =
        AdminServer.start(
                node,
                new AdminOptions("127.0.0.1", 0),
                () -> true,
                ConsoleRoutes.of(node, requests))
            .port();
  }

  private JsonObject status() {
    JsonArray all = new JsonArray();
    services
        .values()
        .forEach(service -> all.add(service.status().put("readers", 1).put("port", 1)));
    return new JsonObject().put("services", all);
  }

  /** Offers a service that is computed by a callback. */
  Service serve(ServiceSpec spec, Consumer<PendingRequest> answers) {
    requests
        .dispatcher()
        .take(
            spec.name(),
            request -> {
              answers.accept(request);
              return true;
            });
    node.directory().offer(spec, 1);
    Service service = requests.exchanges().service(spec);
    services.put(spec.name(), service);
    return service;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  @Override
  public void close() {
    node.stop().await();
  }
}
