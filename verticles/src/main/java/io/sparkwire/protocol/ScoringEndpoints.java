package io.sparkwire.protocol;

import io.sparkwire.access.Access;
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
import java.util.stream.Stream;

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

  /** Refusals in the form of MLflow, where its paths are known. */
  @Override
  public ServiceReply failure(List<ListedService> services, String path, ServiceReply failure) {
    boolean isRefusal =
        failure.status() == FailureCode.UNAUTHENTICATED.status()
            || failure.status() == FailureCode.FORBIDDEN.status()
            || failure.status() == FailureCode.TOO_MANY_REQUESTS.status();
    return isRefusal
            && of(services).stream().anyMatch(e -> e.path().pattern().matcher(path).matches())
        ? MlflowErrors.of(failure)
        : failure;
  }

  private static List<Endpoint> endpoints(List<ListedService> services) {
    ServiceReply version = ServiceReply.ok("text/plain", bytes(Release.current().version()));
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(health("/ping", services));
    endpoints.add(health("/health", services));
    endpoints.add(
        new Endpoint(
            new ServicePath("/version"),
            Access.KNOWN,
            GET,
            loop -> (r, p, to) -> to.send(version)));
    endpoints.add(
        services.size() == 1
            ? rows("/invocations", services.get(0))
            : new Endpoint(
                new ServicePath("/invocations"), Access.KNOWN, POST, loop -> naming(services)));
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
        new ServicePath(path),
        Access.to(spec(service).name()),
        POST,
        spec(service).responses(),
        loop -> rows(service, loop));
  }

  private static EndpointHandler rows(ListedService service, ExchangeLoop loop) {
    EndpointHandler handler = service.requests().of(loop, (headers, body) -> MlflowFormat.NAME);
    return (request, parameters, client) ->
        handler.handle(request, parameters, new ReshapingResponder(client, MlflowErrors::of));
  }

  private static EndpointHandler naming(List<ListedService> services) {
    return (request, parameters, client) ->
        client.send(
            ambiguous(ListedService.usable(request, services).stream().map(s -> spec(s).name())));
  }

  private static ServiceReply ambiguous(Stream<String> services) {
    String detail =
        "several services answer here; send to /models/:name/invocations or /models/:name/invoke"
            + " with the name of one: "
            + services.collect(Collectors.joining(", "));
    return failure(FailureCode.UNKNOWN_PATH, detail);
  }

  private static Endpoint health(String path, List<ListedService> services) {
    List<Service> all = services.stream().map(ListedService::service).toList();
    return new Endpoint(
        new ServicePath(path),
        Access.OPEN,
        GET,
        loop -> (request, p, client) -> client.send(health(all)));
  }

  private static ServiceReply health(List<Service> services) {
    return services.stream().allMatch(Service::isReady)
        ? READY
        : failure(FailureCode.UNAVAILABLE, "not all services are ready");
  }

  private static ServiceReply failure(FailureCode code, String detail) {
    return MlflowErrors.of(ServiceFailure.of(code, detail).toReply());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
