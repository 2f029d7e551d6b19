package io.sparkwire.protocol;

import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.grpc.GrpcEndpoints;
import io.sparkwire.openapi.OpenApiEndpoints;
import io.sparkwire.retention.AsyncApi;
import java.util.List;

/**
 * What listeners have for all of their services: protocols, and a description of them. Stateless.
 */
public final class Protocols {

  private static final List<SharedEndpoints> ALL =
      List.of(
          new ScoringEndpoints(),
          new InferenceEndpoints(),
          new GrpcEndpoints(),
          new OpenApiEndpoints(List.of(new AsyncApi(), new InferenceApi(), new ScoringApi())));

  private Protocols() {}

  /** All of them. */
  public static List<SharedEndpoints> all() {
    return ALL;
  }
}
