package io.sparkwire.protocol;

import io.sparkwire.access.Access;
import io.sparkwire.access.KnownRequest;
import io.sparkwire.access.Refused;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Responder;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Version 2 of the Open Inference Protocol over REST. Each service is a model, whose version is
 * that of its pipeline. Stateless.
 */
final class InferenceEndpoints implements SharedEndpoints {

  private static final Set<String> GET = Set.of("GET");
  private static final Set<String> POST = Set.of("POST");
  private static final String ROOT = "/v2";
  private static final String MODELS = ROOT + "/models/";
  private static final String ANY_MODEL = MODELS + ":model";
  private static final String ANY_VERSION = "/versions/:version";
  private static final String READY = "/ready";
  private static final String INFER = "/infer";

  @Override
  public List<Endpoint> of(List<ListedService> services) {
    List<ListedService> spoken = ListedService.speaking(ServiceProtocol.V2, services);
    if (spoken.isEmpty()) {
      return List.of();
    }
    List<Endpoint> endpoints = new ArrayList<>(ofServer(new InferenceServer(spoken)));
    endpoints.addAll(ofModels(spoken));
    spoken.forEach(service -> endpoints.add(infer(service)));
    return endpoints;
  }

  @Override
  public ServiceReply failure(List<ListedService> services, String path, ServiceReply failure) {
    boolean isOfProtocol = path.equals(ROOT) || path.startsWith(ROOT + "/");
    return isOfProtocol && !ListedService.speaking(ServiceProtocol.V2, services).isEmpty()
        ? InferenceErrors.of(failure)
        : failure;
  }

  private static List<Endpoint> ofServer(InferenceServer server) {
    return List.of(
        endpoint(
            ROOT,
            Access.KNOWN,
            GET,
            loop -> (http, names, client) -> client.send(server.metadata())),
        endpoint(
            ROOT + "/health/live",
            Access.OPEN,
            GET,
            loop -> (http, names, client) -> client.send(server.live())),
        endpoint(
            ROOT + "/health/ready",
            Access.OPEN,
            GET,
            loop -> (http, names, client) -> client.send(server.ready())),
        endpoint(
            ROOT + "/repository/index",
            Access.KNOWN,
            POST,
            loop -> (http, names, client) -> client.send(server.index(http))));
  }

  private static List<Endpoint> ofModels(List<ListedService> services) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String path : List.of(ANY_MODEL, ANY_MODEL + ANY_VERSION)) {
      endpoints.add(
          endpoint(
              path, Access.KNOWN, GET, loop -> ofModel(services, InferenceModel::sendMetadata)));
      endpoints.add(
          endpoint(
              path + READY,
              Access.KNOWN,
              GET,
              loop -> ofModel(services, InferenceModel::sendReadiness)));
      endpoints.add(endpoint(path + INFER, Access.KNOWN, POST, loop -> inferAny(services, loop)));
    }
    return endpoints;
  }

  private static Endpoint endpoint(
      String path,
      Access access,
      Set<String> methods,
      Function<ExchangeLoop, EndpointHandler> handlers) {
    return new Endpoint(new ServicePath(path), access, methods, handlers);
  }

  private static EndpointHandler ofModel(
      List<ListedService> services, InferenceModel.Answer answer) {
    return (http, names, client) ->
        InferenceModel.find(services, names)
            .ifPresentOrElse(
                service ->
                    ifAllowed(http, service, client, () -> answer.send(service.service(), client)),
                () -> client.send(InferenceModel.unknown(names)));
  }

  /** Does something for a client that may use the service that its path names. */
  private static void ifAllowed(
      HttpServerRequest http, ListedService service, Responder client, Runnable action) {
    String name = service.service().spec().name();
    if (KnownRequest.mayUse(http, name)) {
      action.run();
    } else {
      client.send(InferenceErrors.of(Refused.forbidden(Access.to(name))));
    }
  }

  /** Requests that name a version, or a model that there is not. */
  private static EndpointHandler inferAny(List<ListedService> services, ExchangeLoop loop) {
    Map<Service, EndpointHandler> handlers = new HashMap<>();
    services.forEach(service -> handlers.put(service.service(), handler(service, loop)));
    return (http, names, client) ->
        InferenceModel.find(services, names)
            .ifPresentOrElse(
                service ->
                    ifAllowed(
                        http,
                        service,
                        client,
                        () -> handlers.get(service.service()).handle(http, names, client)),
                () -> client.send(InferenceModel.unknown(names)));
  }

  /** The path of most requests, which has one spelling and so is found without a pattern. */
  private static Endpoint infer(ListedService service) {
    ResponseOptions responses = service.service().spec().responses();
    String path = MODELS + service.service().spec().name() + INFER;
    return new Endpoint(
        new ServicePath(path),
        Access.to(service.service().spec().name()),
        POST,
        responses,
        loop -> handler(service, loop));
  }

  private static EndpointHandler handler(ListedService service, ExchangeLoop loop) {
    EndpointHandler pipeline =
        service
            .requests()
            .of(loop, (headers, body) -> RowFormats.ofInference(service.service().spec().schema()));
    return (http, names, client) ->
        pipeline.handle(http, Map.of(), new ReshapingResponder(client, InferenceErrors::of));
  }
}
