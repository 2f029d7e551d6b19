package io.sparkwire.intake;

import io.sparkwire.dispatch.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceFailure;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judge over requests that were in the pipeline when it failed.
 *
 * <p>What an attempt had handed over and nobody had finished is suspect when it fails. If that was
 * one request, the failure counts against it, and at the limit it is condemned: answered 500 and
 * left out. If there were several, it counts against none; but suspects go into the pipeline alone,
 * so that the next failure names its culprit. Thread-safe.
 */
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private static final int MOST_TIMES_IN_VAIN = 10;

  private final Service service;
  private final int maxAttempts;

  /**
   * @param maxAttempts at how many failures a request is condemned, from 1
   */
  Quarantine(Service service, int maxAttempts) {
    this.service = service;
    this.maxAttempts = maxAttempts;
  }

  /** An attempt failed while these were in the pipeline. */
  void failed(List<PendingRequest> inPipeline, Throwable cause) {
    inPipeline.forEach(request -> request.suspicion().raise());
    if (inPipeline.size() == 1) {
      PendingRequest culprit = inPipeline.get(0);
      int failures = culprit.suspicion().failedAlone();
      if (failures >= maxAttempts) {
        condemn(culprit, failures, cause);
        return;
      }
    }
    LOG.warn(
        "the pipeline of service '{}' failed with {} request(s) in it, which are tried again: {}",
        service.spec().name(),
        inPipeline.size(),
        rootOf(cause).toString());
  }

  /**
   * The next request to replay that may enter the pipeline again; null if none is left.
   *
   * <p>Where the same requests go in again and again and nobody can be blamed, because another task
   * fails on what this one has read, all of them are condemned in the end.
   */
  PendingRequest admitted(EpochHistory.Attempt attempt) {
    PendingRequest request = attempt.replay();
    while (request != null && attempt.timesInVain() > MOST_TIMES_IN_VAIN) {
      condemn(request, attempt.timesInVain(), new IllegalStateException("another task failed"));
      request = attempt.replay();
    }
    return request;
  }

  private void condemn(PendingRequest request, int failures, Throwable cause) {
    request.suspicion().condemn();
    ServiceFailure failure =
        ServiceFailure.of(
            FailureCode.PIPELINE_FAILED,
            "the pipeline failed on this request in " + failures + " attempt(s)");
    if (request.answer(failure.toReply())) {
      service.quarantined();
      LOG.warn(
          "quarantined request {} of service '{}' after {} failed attempts: {}",
          request.request().id(),
          request.request().service(),
          failures,
          rootOf(cause).toString());
    }
  }

  private static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
