package io.sparkwire.protocol;

import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scoring protocol of MLflow, which SageMaker uses too: {@code /ping} and {@code /health} say
 * whether all services of the listener are ready.
 */
final class ScoringEndpoints implements SharedEndpoints {

  private static final Set<String> GET = Set.of("GET");
  private static final ServiceReply READY =
      ServiceReply.ok("application/json", "\n".getBytes(StandardCharsets.UTF_8));

  @Override
  public List<Endpoint> of(List<ListedService> services) {
    List<Service> spoken =
        services.stream()
            .map(ListedService::service)
            .filter(s -> s.spec().route().protocols().contains(ServiceProtocol.MLFLOW))
            .toList();
    return spoken.isEmpty()
        ? List.of()
        : Stream.of("/ping", "/health").map(path -> health(path, spoken)).toList();
  }

  private static Endpoint health(String path, List<Service> services) {
    return new Endpoint(
        new ServicePath(path),
        GET,
        loop -> (request, parameters, responder) -> responder.send(health(services)));
  }

  private static ServiceReply health(List<Service> services) {
    return services.stream()
        .filter(service -> !service.isReady())
        .findFirst()
        .map(service -> unready(service.spec().name()))
        .orElse(READY);
  }

  private static ServiceReply unready(String name) {
    return ServiceFailure.of(FailureCode.UNAVAILABLE, "service '" + name + "' is not ready")
        .toReply();
  }
}
