package io.sparkwire.spark;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.control.ServiceLoad;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;

/**
 * A service as its driver sees it: where clients find it, and what has been counted of its
 * requests. Thread-safe. Runs on: driver.
 */
public final class ServiceView {

  private final SparkContext context;
  private final ServiceSpec service;

  ServiceView(SparkContext context, ServiceSpec service) {
    this.context = context;
    this.service = service;
  }

  private ServiceControl control() {
    return SparkNode.ofDriver(context).control(service.name());
  }

  private String scheme() {
    return SparkNode.ofDriver(context).scheme();
  }

  /** The service's name. */
  public String name() {
    return service.name();
  }

  /** The port on which its first node takes requests; -1 if none does. */
  public int port() {
    return urls().stream().findFirst().map(url -> URI.create(url).getPort()).orElse(-1);
  }

  /** Where clients find it: on this node, or on each executor that takes requests. */
  public List<String> urls() {
    String scheme = scheme();
    return control().load().addresses().stream()
        .map(at -> scheme + "://" + at + service.route().path())
        .toList();
  }

  /**
   * Where clients find it on this node, with the host that it listens on; otherwise the first
   * address of any node.
   */
  public String url() {
    return SparkMaster.isLocal(context)
        ? scheme() + "://" + service.listener().host() + ":" + port() + service.route().path()
        : urls().stream().findFirst().orElse("");
  }

  /** What has been counted of its requests; empty when it has stopped. */
  public Optional<Service.Counts> counts() {
    return Optional.of(control().load()).filter(ServiceLoad::served).map(ServiceLoad::counts);
  }

  /** How many requests are in flight. */
  public int inFlight() {
    return control().load().inFlight();
  }

  /** All of this as one JSON object; its counts are missing when it has stopped. */
  public String toJson() {
    JsonObject json =
        new JsonObject()
            .put("service", name())
            .put("url", url())
            .put("port", port())
            .put("inFlight", inFlight());
    counts().ifPresent(counts -> json.put("counts", counts.toJson()));
    return json.encode();
  }
}
