package io.sparkwire.message;

import java.util.List;
import java.util.Locale;

/** A protocol by which clients talk to a service. */
public enum ServiceProtocol {
  /** Bodies at the path of the service, as its pipeline reads and writes them. */
  JSON,
  /** Version 2 of the Open Inference Protocol, over REST and gRPC. */
  V2,
  /** The scoring protocol of MLflow, which SageMaker uses too. */
  MLFLOW;

  public static final List<ServiceProtocol> ALL = List.of(values());

  /** Its name in options. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
