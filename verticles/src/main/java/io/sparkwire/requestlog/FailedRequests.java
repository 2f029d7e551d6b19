package io.sparkwire.requestlog;

import io.sparkwire.message.RequestId;

/** Is told of requests in the payload log on which the pipeline has failed. Thread-safe. */
@FunctionalInterface
public interface FailedRequests {

  /**
   * The payload log has such a request, with its body. Runs on: event loop.
   *
   * @param body must not be changed
   */
  void failed(String service, RequestId id, byte[] body);
}
