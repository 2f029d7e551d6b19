package io.sparkwire.dispatch;

import io.sparkwire.message.ServiceRequest;

/**
 * A request as it travels to a worker of another node. Immutable.
 *
 * @param remainingMillis until its deadline, for clocks of machines differ
 */
record HandOffMessage(ServiceRequest request, long remainingMillis) {

  /** How many bytes it may take on its way, but for its head. */
  int bytes() {
    return request.body().length;
  }
}
