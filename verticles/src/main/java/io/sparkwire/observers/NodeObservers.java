package io.sparkwire.observers;

import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** All that follows the requests of one node. Thread-safe. */
public final class NodeObservers implements NodeObserver {

  private final List<NodeObserver> all;

  private NodeObservers(List<NodeObserver> all) {
    this.all = List.copyOf(all);
  }

  /** Those that the options of a node ask for. */
  public static NodeObservers of(List<NodeObserver> all) {
    return new NodeObservers(all);
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    ServiceObserver together = ServiceObserver.NONE;
    for (NodeObserver each : all) {
      together = ServiceObserver.both(together, each.of(spec));
    }
    return together;
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    all.forEach(each -> each.unserved(request, reply));
  }
}
