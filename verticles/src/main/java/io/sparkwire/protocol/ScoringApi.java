package io.sparkwire.protocol;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.openapi.ApiDocument;
import io.sparkwire.openapi.ApiFailures;
import io.sparkwire.openapi.ApiOperation;
import io.sparkwire.openapi.ApiPart;
import io.sparkwire.openapi.ApiResponse;
import java.util.List;

/** The paths of the scoring protocol of MLflow. */
final class ScoringApi implements ApiPart {

  private static final String TAG = "MLflow";

  @Override
  public void describe(List<Service> services, ApiDocument document) {
    services.stream()
        .map(Service::spec)
        .filter(spec -> spec.route().protocols().contains(ServiceProtocol.MLFLOW))
        .findFirst()
        .ifPresent(
            spec -> {
              for (String name : List.of("ping", "health")) {
                ApiOperation operation =
                    new ApiOperation(name, TAG, "Whether all services are ready")
                        .answers("200", new ApiResponse("They are"));
                ApiFailures.add(operation, spec, List.of(FailureCode.UNAVAILABLE));
                document.add(new ServicePath('/' + name), "GET", operation);
              }
            });
  }
}
