package io.sparkwire.protocol;

import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.version.Release;
import io.sparkwire.wire.MlflowFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scoring protocol of MLflow, which SageMaker uses too.
 *
 * <p>{@code /invocations} takes rows for the service of the listener, and {@code
 * /models/NAME/invocations} and {@code /models/NAME/invoke} for one of several. {@code /ping} and
 * {@code /health} say whether all of them are ready, {@code /version} which release this is.
 * Stateless.
 */
final class ScoringEndpoints implements SharedEndpoints {

  private static final Set<String> GET = Set.of("GET");
  private static final Set<String> POST = Set.of("POST");
  private static final ServiceReply READY = ServiceReply.ok("application/json", bytes("\n"));

  @Override
  public List<Endpoint> of(List<ListedService> services) {
    List<ListedService> spoken = ListedService.speaking(ServiceProtocol.MLFLOW, services);
    return spoken.isEmpty() ? List.of() : endpoints(spoken);
  }

  private static List<Endpoint> endpoints(List<ListedService> services) {
    ServiceReply version = ServiceReply.ok("text/plain", bytes(Release.current().version()));
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(health("/ping", services));
    endpoints.add(health("/health", services));
    endpoints.add(
        new Endpoint(new ServicePath("/version"), GET, loop -> (r, p, to) -> to.send(version)));
    endpoints.add(
        services.size() == 1
            ? rows("/invocations", services.get(0))
            : new Endpoint(new ServicePath("/invocations"), POST, loop -> ambiguous(services)));
    for (ListedService service : services) {
      String model = "/models/" + spec(service).name();
      endpoints.add(rows(model + "/invocations", service));
      endpoints.add(rows(model + "/invoke", service));
    }
    return endpoints;
  }

  private static ServiceSpec spec(ListedService listed) {
    return listed.service().spec();
  }

  private static Endpoint rows(String path, ListedService service) {
    return new Endpoint(
        new ServicePath(path), POST, spec(service).responses(), loop -> rows(service, loop));
  }

  private static EndpointHandler rows(ListedService service, ExchangeLoop loop) {
    EndpointHandler handler = service.requests().of(loop, (headers, body) -> MlflowFormat.NAME);
    return (request, parameters, client) ->
        handler.handle(request, parameters, new ReshapingResponder(client, MlflowErrors::of));
  }

  private static EndpointHandler ambiguous(List<ListedService> services) {
    String names = services.stream().map(s -> spec(s).name()).collect(Collectors.joining(", "));
    String detail =
        "several services answer here; send to /models/:name/invocations or /models/:name/invoke"
            + " with the name of one: "
            + names;
    ServiceReply reply = failure(FailureCode.UNKNOWN_PATH, detail);
    return (request, parameters, client) -> client.send(reply);
  }

  private static Endpoint health(String path, List<ListedService> services) {
    List<Service> all = services.stream().map(ListedService::service).toList();
    return new Endpoint(
        new ServicePath(path), GET, loop -> (request, p, client) -> client.send(health(all)));
  }

  private static ServiceReply health(List<Service> services) {
    return services.stream()
        .filter(service -> !service.isReady())
        .findFirst()
        .map(service -> unready(service.spec().name()))
        .orElse(READY);
  }

  private static ServiceReply unready(String name) {
    return failure(FailureCode.UNAVAILABLE, "service '" + name + "' is not ready");
  }

  private static ServiceReply failure(FailureCode code, String detail) {
    return MlflowErrors.of(ServiceFailure.of(code, detail).toReply());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
