package io.sparkwire.http;

import io.sparkwire.exchange.Admission;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.RowBodies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What clients of one service get before their requests reach it. Runs on: one event loop. Not
 * thread-safe.
 */
final class Refusals {

  private final Service service;
  private final long maxBodyBytes;
  private final ServiceReply stopping;
  private ServiceReply overloaded;

  Refusals(Service service) {
    ServiceSpec spec = service.spec();
    this.service = service;
    this.maxBodyBytes = spec.limits().maxBodyBytes();
    this.overloaded =
        ServiceFailure.of(
                FailureCode.OVERLOADED,
                "service '"
                    + spec.name()
                    + "' has "
                    + spec.limits().maxInFlight()
                    + " requests in flight, as many as it admits; try again later")
            .toReply();
    this.stopping =
        ServiceFailure.of(
                FailureCode.UNAVAILABLE, "service '" + spec.name() + "' is stopping on this node")
            .toReply();
  }

  /** The refusal that an admission is. */
  ServiceReply of(Admission admission) {
    return admission == Admission.STOPPING ? stopping : overloaded();
  }

  /** It has to be cheap, so it is made again only when it changes. */
  private ServiceReply overloaded() {
    overloaded = service.backlog().refusal(overloaded);
    return overloaded;
  }

  ServiceReply bodyTooLarge() {
    return ServiceFailure.of(
            FailureCode.BODY_TOO_LARGE,
            "the body may have " + maxBodyBytes + " bytes at most; send less at a time")
        .toReply();
  }

  static ServiceReply unknownExpectation(String expectation) {
    return ServiceFailure.of(
            FailureCode.EXPECTATION_FAILED,
            "a request may expect 100-continue, got '" + expectation + "'")
        .toReply();
  }

  /** Rows have such types between the parts of a pipeline, which trust them. */
  static ServiceReply ownType(String contentType) {
    return ServiceFailure.of(
            FailureCode.UNSUPPORTED_MEDIA_TYPE,
            "content types that begin with '%s' are for rows within Sparkwire, got Content-Type '%s'"
                .formatted(RowBodies.OWN_TYPES, contentType))
        .toReply();
  }

  /** RFC 9110, section 15.5.16: the field says which codings would have been read. */
  static ServiceReply unknownCoding(MultiMap headers) {
    String detail =
        "a body may have the Content-Encoding gzip or deflate, once, or none, got '%s'; send it in"
            + " one of these";
    String got = String.join(", ", headers.getAll(HttpHeaders.CONTENT_ENCODING));
    return ServiceFailure.of(FailureCode.UNSUPPORTED_MEDIA_TYPE, detail.formatted(got))
        .toReply()
        .with(new Header("Accept-Encoding", BodyCoding.READ));
  }

  static ServiceReply undecodable(BodyCoding coding, Throwable why) {
    return ServiceFailure.of(
            FailureCode.BAD_INPUT,
            "the body cannot be decoded as " + coding.label() + ": " + why.getMessage())
        .toReply();
  }
}
