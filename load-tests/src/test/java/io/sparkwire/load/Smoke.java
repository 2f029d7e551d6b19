package io.sparkwire.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.sparkwire.load.server.Contestant;
import java.util.List;

/** Each kind of reply that a service gives, from a few clients: whether load is worth sending. */
public final class Smoke extends LoadSimulation {
  private static final int USERS = 10;

  private final Contestant service = with(contestants.echo("echo", List.of()));

  public Smoke() {
    setUp(everyKindOfReply().injectOpen(atOnceUsers(USERS)))
        .protocols(Ask.protocol())
        .assertions(Ask.NOTHING_WRONG_OR_LOST);
  }

  private ScenarioBuilder everyKindOfReply() {
    String url = service.target().url().toString();
    return scenario("every kind of reply")
        .exec(
            Ask.echo("its own number", service),
            http("bad input")
                .post(url)
                .body(StringBody("{\"value\":\"seven\"}"))
                .check(status().is(400), jsonPath("$.field").is("value")),
            http("unknown path").post(url + "/nowhere").check(status().is(404)),
            http("other method")
                .get(url)
                .check(status().is(405), header("Allow").is("OPTIONS, POST")),
            Ask.echo("its own number again", service));
  }
}
