package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.protobuf.health.HealthCheckRequest;
import io.sparkwire.protobuf.health.HealthCheckResponse;
import io.sparkwire.protobuf.health.HealthCheckResponse.ServingStatus;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The method of gRPC's health checking protocol that asks once. What it is asked for is all, the
 * Open Inference Protocol, or one model. Thread-safe.
 *
 * @param protocol the full name of that protocol's service
 */
record HealthCalls(InferenceCalls models, String protocol) {

  /** The methods by their names. */
  Map<String, UnaryMethod> methods() {
    return Map.of("Check", this::check);
  }

  private MessageLite check(ByteString message, Predicate<String> mayUse)
      throws InvalidProtocolBufferException, BadBodyException {
    boolean serving = isServing(HealthCheckRequest.parseFrom(message).getService(), mayUse);
    return HealthCheckResponse.newBuilder()
        .setStatus(serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
        .build();
  }

  private boolean isServing(String name, Predicate<String> mayUse) throws BadBodyException {
    if (name.isEmpty() || name.equals(protocol)) {
      return models.areReady();
    }
    InferenceCalls.requireAllowed(name, mayUse);
    return models.services().stream()
        .filter(service -> service.spec().name().equals(name))
        .findFirst()
        .map(Service::isReady)
        .orElseThrow(
            () ->
                new BadBodyException(
                    FailureCode.UNKNOWN_PATH, "there is no service '" + name + "' here"));
  }
}
