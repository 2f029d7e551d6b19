package io.sparkwire.grpc;

import io.sparkwire.access.Access;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.options.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Version 2 of the Open Inference Protocol over gRPC, with gRPC's own services that check health
 * and describe the others. Stateless.
 */
public final class GrpcEndpoints implements SharedEndpoints {

  private static final String INFERENCE = "inference.GRPCInferenceService";
  private static final String HEALTH = "grpc.health.v1.Health";
  private static final List<String> REFLECTION =
      List.of("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

  private static final List<String> SERVICES =
      Stream.concat(Stream.of(INFERENCE, HEALTH), REFLECTION.stream()).toList();

  private static final Set<Integer> REFUSALS =
      Set.of(
          FailureCode.UNAUTHENTICATED.status(),
          FailureCode.FORBIDDEN.status(),
          FailureCode.TOO_MANY_REQUESTS.status());

  private static final Set<String> POST = Set.of("POST");

  /** What Kubernetes and load balancers ask, which show no credentials. */
  private static final Set<String> OPEN = Set.of("ServerLive", "ServerReady", "Check");

  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration REFLECTION_LIMIT = Duration.ofSeconds(60);

  /** Responses whose bodies are never compressed as HTTP has it: gRPC has a way of its own. */
  private static final ResponseOptions RESPONSES =
      ResponseOptions.of(
          new Options(Map.of(ResponseOptions.COMPRESS_ABOVE.name(), "off"), ResponseOptions.ALL));

  @Override
  public List<Endpoint> of(List<ListedService> services) {
    List<ListedService> spoken = ListedService.speaking(ServiceProtocol.V2, services);
    if (spoken.isEmpty()) {
      return List.of();
    }
    InferenceCalls models =
        new InferenceCalls(spoken.stream().map(ListedService::service).toList());
    List<Endpoint> endpoints = new ArrayList<>();
    add(endpoints, INFERENCE, models.methods());
    add(endpoints, HEALTH, new HealthCalls(models, INFERENCE).methods());
    endpoints.add(
        endpoint(
            INFERENCE,
            "ModelInfer",
            loop -> new InferHandler(spoken, loop, new OpenCalls(START_LIMIT))));
    Reflection reflection = new Reflection(new MessageFiles());
    for (String service : REFLECTION) {
      add(endpoints, service, Map.of());
      endpoints.add(endpoint(service, "ServerReflectionInfo", loop -> describing(reflection)));
    }
    return endpoints;
  }

  /** A refusal of the listener as a status of gRPC, for clients that speak it. */
  @Override
  public ServiceReply failure(List<ListedService> services, String path, ServiceReply failure) {
    boolean isOurs = SERVICES.stream().anyMatch(service -> path.startsWith("/" + service + "/"));
    return isOurs && REFUSALS.contains(failure.status()) ? GrpcClient.refusal(failure) : failure;
  }

  /** Adds methods of a service, and an answer to calls of any others. */
  private static void add(
      List<Endpoint> endpoints, String service, Map<String, UnaryMethod> methods) {
    methods.forEach(
        (name, method) ->
            endpoints.add(
                endpoint(
                    service, name, loop -> new UnaryHandler(method, new OpenCalls(START_LIMIT)))));
    endpoints.add(endpoint(service, ":method", loop -> GrpcEndpoints.unimplemented(service)));
  }

  private static Endpoint endpoint(
      String service, String method, Function<ExchangeLoop, EndpointHandler> handlers) {
    ServicePath path = new ServicePath("/" + service + "/" + method);
    Access access = OPEN.contains(method) ? Access.OPEN : Access.KNOWN;
    return new Endpoint(path, access, POST, RESPONSES, handlers);
  }

  private static EndpointHandler unimplemented(String service) {
    return (http, parameters, responder) -> {
      GrpcClient client = new GrpcClient(http, responder);
      if (!client.refuses()) {
        String method = service + '/' + parameters.get("method");
        client.fail(GrpcStatus.UNIMPLEMENTED, "there is no method " + method);
      }
    };
  }

  private static EndpointHandler describing(Reflection reflection) {
    OpenCalls open = new OpenCalls(REFLECTION_LIMIT);
    return (http, parameters, responder) -> {
      GrpcClient client = new GrpcClient(http, responder);
      if (!client.refuses()) {
        ReflectionCall.begin(client, open, reflection);
      }
    };
  }
}
