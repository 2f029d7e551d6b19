package io.sparkwire.intake;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.util.List;

/** Which nodes of a Spark application take its services' requests over HTTP. */
public enum IngressMode {
  /** Each executor's node. */
  WORKERS,
  /** The driver's node, which hands them to executors. */
  DRIVER,
  /** None: there are gateways. */
  NONE;

  /** The option that chooses it. */
  public static final ConfigOption<IngressMode> OPTION =
      ConfigOption.of(
          "ingress",
          OptionType.choice(List.of(values())),
          "workers",
          "On a Spark cluster: which nodes take requests over HTTP, each executor, the driver, or"
              + " none but gateways");
}
