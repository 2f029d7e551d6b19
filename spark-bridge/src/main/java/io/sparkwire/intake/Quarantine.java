package io.sparkwire.intake;

import io.sparkwire.exchange.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.log.Event;
import io.sparkwire.log.LogFields;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.Suspicion;
import java.util.List;

/**
 * Decides about requests that were in the pipeline when it failed.
 *
 * <p>The unfinished requests that an attempt had handed over are suspects when it fails. If there
 * was one, the failure counts against it, and at the limit it is quarantined: it gets a 500 and is
 * left out. If there were several, the failure counts against none; but suspects go into the
 * pipeline alone, so that the next failure identifies its cause. Where a request whose client had
 * gone may have been in it, too, failures count only if there are many. Thread-safe.
 */
final class Quarantine {

  private static final int MOST_TIMES_IN_VAIN = 10;

  private final Service service;
  private final RetryPolicy policy;
  private final SparseLog log;

  Quarantine(Service service, RetryPolicy policy, SparseLog log) {
    this.service = service;
    this.policy = policy;
    this.log = log;
  }

  /**
   * An attempt failed while these were in the pipeline.
   *
   * @param isAll whether nothing else can have been in it
   */
  void failed(List<PendingRequest> inPipeline, boolean isAll, FailureCause cause) {
    inPipeline.forEach(request -> request.suspicion().raise());
    if (inPipeline.size() == 1) {
      PendingRequest culprit = inPipeline.get(0);
      Suspicion suspicion = culprit.suspicion();
      int failures = isAll ? suspicion.failedAlone() : suspicion.failedPerhapsAlone();
      if (failures >= (isAll ? policy.maxAttempts() : MOST_TIMES_IN_VAIN)) {
        quarantine(culprit, failures, cause);
        return;
      }
    }
    triedAgain(inPipeline.size(), cause);
  }

  /** Logs a failure of the pipeline after which so many requests are tried again. */
  void triedAgain(int requests, FailureCause cause) {
    log.write(
        Event.PIPELINE_FAILED,
        "the pipeline of service '%s' failed on %s".formatted(name(), cause.kind()),
        "the pipeline of service '%s' failed with %d request(s) in it, which are tried again: %s"
            .formatted(name(), requests, cause));
  }

  /**
   * The next request to replay that may enter the pipeline again; null if none is left.
   *
   * <p>Where the same requests go in repeatedly and no single one can be blamed, because another
   * task fails on what this one has read, all of them are quarantined in the end.
   */
  PendingRequest admitted(EpochHistory.Attempt attempt) {
    PendingRequest request = attempt.replay();
    while (request != null && attempt.timesInVain() > MOST_TIMES_IN_VAIN) {
      quarantine(request, attempt.timesInVain(), null);
      request = attempt.replay();
    }
    return request;
  }

  /**
   * @param cause null if another task has failed
   */
  private void quarantine(PendingRequest request, int failures, FailureCause cause) {
    request.suspicion().quarantine();
    String name = RequestName.inLogs(request.request()); // of which nothing is left afterwards
    if (request.answer(reply(failures, cause))) {
      quarantined(name, failures, cause);
    }
  }

  /** What a request gets on which the pipeline has failed that often. */
  ServiceReply reply(int failures, FailureCause cause) {
    return new ServiceFailure(
            FailureCode.PIPELINE_FAILED,
            "the pipeline failed on this request in " + failures + " attempt(s)",
            policy.errorDetail().members(cause))
        .toReply();
  }

  /** Counts and logs a request that got that reply, by its name for logs. */
  void quarantined(String request, int failures, FailureCause cause) {
    String why = cause == null ? "another task failed" : cause.toString();
    service.observer().quarantined(request, failures, why);
    String kind = cause == null ? "another task failed" : cause.kind();
    LogFields.ofRequest(
        RequestName.idIn(request),
        () ->
            log.write(
                Event.REQUEST_QUARANTINED,
                "requests of service '%s' were quarantined: %s".formatted(name(), kind),
                "quarantined request %s of service '%s' after %d failed attempts: %s"
                    .formatted(request, name(), failures, why)));
  }

  private String name() {
    return service.spec().name();
  }
}
