package io.sparkwire.grpc;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Responder;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands calls of ModelInfer to the services that they name. Runs on: event loop. Not thread-safe.
 */
final class InferHandler implements EndpointHandler {

  private final Map<String, Model> models = new HashMap<>();
  private final OpenCalls starting;

  /** A service, and what takes its requests on this event loop. */
  private record Model(Service service, EndpointHandler requests) {}

  InferHandler(List<ListedService> services, ExchangeLoop loop, OpenCalls starting) {
    this.starting = starting;
    services.forEach(listed -> models.put(listed.service().spec().name(), model(listed, loop)));
  }

  private static Model model(ListedService listed, ExchangeLoop loop) {
    Service service = listed.service();
    return new Model(
        service,
        listed
            .requests()
            .of(loop, (headers, body) -> RowFormats.ofInference(service.spec().schema())));
  }

  @Override
  public void handle(HttpServerRequest http, Map<String, String> parameters, Responder responder) {
    GrpcClient client = new GrpcClient(http, responder);
    if (!client.refuses()) {
      StartingCall.await(client, starting, (soFar, isAll) -> begins(client, soFar));
    }
  }

  private boolean begins(GrpcClient client, Buffer soFar) throws BadBodyException {
    Optional<String> name = ModelName.of(soFar);
    if (name.isEmpty()) {
      return false;
    }
    Model model = models.get(name.get());
    if (model == null) {
      throw InferenceCalls.unknown(name.get(), "");
    }
    InferenceCalls.requireAllowed(
        name.get(), service -> KnownRequest.mayUse(client.request(), service));
    ServiceSpec spec = model.service().spec();
    InferCall call = new InferCall(client, spec, soFar);
    model.requests().handle(call, Map.of(), call);
    return true;
  }
}
