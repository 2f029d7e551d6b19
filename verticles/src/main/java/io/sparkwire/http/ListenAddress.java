package io.sparkwire.http;

import io.sparkwire.protocol.ServiceSpec;

/**
 * Where one listener takes requests, whatever their service says of its own.
 *
 * @param port 0 for any free one
 */
record ListenAddress(String host, int port) {

  /** The same service, listening here. */
  ServiceSpec at(ServiceSpec spec) {
    return new ServiceSpec(
        spec.name(),
        host,
        port,
        spec.path(),
        spec.methods(),
        spec.maxInFlight(),
        spec.maxBodyBytes(),
        spec.timeout());
  }
}
