package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.sparkwire.load.server.Contestant;
import java.time.Duration;

/**
 * The requests of simulated clients, and the checks of a right reply.
 *
 * <p>Every user asks for a number that no other asks for. A reply with another number, an
 * unexpected failure and a reply that never arrives all count as failed. Stateless.
 */
final class Ask {
  /** The request of a client that was refused before. */
  static final String AGAIN = "again after a refusal";

  /** Every request got what it must get. */
  static final Assertion NOTHING_WRONG_OR_LOST = global().failedRequests().count().is(0L);

  private static final String STATUS = "status";
  private static final int OK = 200;
  private static final int REFUSED = 503;

  private Ask() {}

  /** Users share connections that are kept open, as clients of a service do. */
  static HttpProtocolBuilder protocol() {
    return http.disableWarmUp().shareConnections().contentTypeHeader("application/json");
  }

  /** A request that must be answered with its own number. */
  static HttpRequestActionBuilder echo(String name, Contestant service) {
    return post(name, service).check(status().is(OK), bodyString().is(Ask::body));
  }

  /** A request that the service may refuse, if it says so as it has promised. */
  static HttpRequestActionBuilder echoOrRefusal(String name, Contestant service) {
    return post(name, service)
        .check(status().in(OK, REFUSED).saveAs(STATUS))
        .checkIf((response, session) -> response.status().code() == OK)
        .then(bodyString().is(Ask::body))
        .checkIf((response, session) -> response.status().code() == REFUSED)
        .then(header("Retry-After").is("1"), header("Content-Type").is("application/problem+json"));
  }

  /** A client that comes again once when it is refused, after a while between these two. */
  static ChainBuilder patiently(
      String name, Contestant service, Duration shortest, Duration longest) {
    return exec(echoOrRefusal(name, service))
        .exec(
            doIf(session -> session.getInt(STATUS) == REFUSED)
                .then(pause(shortest, longest).exec(echo(AGAIN, service))));
  }

  private static HttpRequestActionBuilder post(String name, Contestant service) {
    return http(name).post(service.target().url().toString()).body(StringBody(Ask::body));
  }

  private static String body(Session user) {
    return "{\"value\":" + user.userId() + "}";
  }
}
