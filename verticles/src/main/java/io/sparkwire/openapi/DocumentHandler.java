package io.sparkwire.openapi;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.Responder;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.version.Release;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers with the OpenAPI document of the services that a client may use, as they are when it
 * asks.
 *
 * <p>Runs on: event loop; all of a listener share it. Thread-safe.
 */
final class DocumentHandler implements EndpointHandler {

  private static final Header NOT_KEPT = new Header("Cache-Control", "no-cache");

  private final List<Service> services;
  private final List<ApiPart> parts;

  /** The last one that was made: schemas change seldom. */
  private volatile Made made = new Made(null, null);

  /**
   * @param specs that it describes
   */
  private record Made(List<ServiceSpec> specs, ServiceReply reply) {}

  DocumentHandler(List<Service> services, List<ApiPart> parts) {
    this.services = services;
    this.parts = parts;
  }

  @Override
  public void handle(
      HttpServerRequest request, Map<String, String> parameters, Responder responder) {
    List<Service> usable =
        services.stream().filter(s -> KnownRequest.mayUse(request, s.spec().name())).toList();
    responder.send(current(usable, KnownRequest.principal(request).isPresent()));
  }

  private ServiceReply current(List<Service> usable, boolean guarded) {
    List<ServiceSpec> specs = usable.stream().map(Service::spec).toList();
    Made last = made;
    if (!specs.equals(last.specs())) {
      last = new Made(specs, reply(usable, guarded));
      made = last;
    }
    return last.reply();
  }

  private ServiceReply reply(List<Service> usable, boolean guarded) {
    String names = usable.stream().map(s -> s.spec().name()).collect(Collectors.joining(", "));
    ApiDocument document = new ApiDocument("Sparkwire: " + names, Release.current().version());
    parts.forEach(part -> part.describe(usable, document));
    if (guarded) {
      document.guard();
    }
    return ServiceReply.ok("application/json", document.toJson().toBuffer().getBytes())
        .with(NOT_KEPT);
  }
}
